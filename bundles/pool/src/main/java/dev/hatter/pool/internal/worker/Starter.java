// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.process.Enclosure;
import dev.hatter.process.LaunchException;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.OutputListener;
import dev.hatter.process.WorkerProcess;
import java.util.function.Consumer;

/** Launches processes off the event loop and comes back to it. */
public final class Starter {
    private static final int MIN_BACKLOG = 16;

    private final CrewContext context;

    Starter(CrewContext context) {
        this.context = context;
    }

    /**
     * What to launch for those settings.
     *
     * @param enclosure what confines it; null for nothing
     */
    public static LaunchSpec spec(String pool, LaunchSettings launch, Enclosure enclosure, OutputListener output) {
        return new LaunchSpec(
                "pool " + pool,
                launch.argv(),
                launch.environment(),
                launch.chroot(),
                launch.directory(),
                launch.identity(),
                launch.limits(),
                enclosure,
                Math.max(MIN_BACKLOG, 2 * launch.concurrency()),
                output);
    }

    /** Launches a worker; one of the two is called, on the loop. */
    void start(
            LaunchSettings launch,
            OutputListener output,
            Consumer<WorkerProcess> launched,
            Consumer<LaunchException> failed) {
        context.blocking().execute(() -> {
            try {
                LaunchSpec spec = spec(context.pool(), launch, context.enclosure(launch), output);
                WorkerProcess process = context.launcher().launch(spec);
                context.loop().execute(() -> launched.accept(process));
            } catch (LaunchException e) {
                context.loop().execute(() -> failed.accept(e));
            } catch (RuntimeException e) {
                LaunchException failure = new LaunchException("launch failed: " + e, e);
                context.loop().execute(() -> failed.accept(failure));
            }
        });
    }
}
