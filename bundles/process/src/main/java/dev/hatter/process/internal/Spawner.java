// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.internal.launch.LaunchPlan;
import dev.hatter.process.internal.os.Native;
import dev.hatter.process.internal.os.OwnScheduling;
import dev.hatter.process.internal.os.OwnUmask;
import dev.hatter.process.internal.os.Spawn;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread that starts processes. A process gets its parent-death signal when the <em>thread</em> ends that started
 * it, so it must be one that lives as long as the launcher.
 */
final class Spawner implements AutoCloseable {
    private final Native os;
    private final Spawn spawn;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Spawner::thread);
    // of that thread, and only used there
    private OwnUmask umask;
    private OwnScheduling scheduling;

    Spawner(Native os) {
        this.os = os;
        this.spawn = new Spawn(os);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "hatter-process-spawner");
        thread.setDaemon(true);
        return thread;
    }

    /** Starts the process; an interrupt of the caller is kept for later, it must not lose a process that was started. */
    int start(LaunchPlan plan, Spawn.Standard standard) throws IOException {
        Future<Integer> pid = thread.submit(() -> startHere(plan, standard));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return pid.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int startHere(LaunchPlan plan, Spawn.Standard standard) throws IOException {
        if (umask == null) {
            umask = OwnUmask.ofThisThread(os);
            scheduling = OwnScheduling.ofThisThread(os);
        }
        umask.set(plan.umask());
        scheduling.set(plan.scheduling());
        return spawn.start(plan.argv(), plan.environment(), plan.directory(), standard);
    }

    /** Once no process is left: those that are would be killed by it. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
