// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.FrameworkEvent;

/** One Hatter, from its start to its end. */
final class Standalone {
    /** Pools are up in a fraction of it; one that isn't shall not keep the others from being announced. */
    private static final Duration POOLS_TIMEOUT = Duration.ofSeconds(10);

    private final Settings settings;

    Standalone(Settings settings) {
        this.settings = settings;
    }

    /** Returns the exit code, unless a signal ends it. */
    int run() throws IOException, StartException {
        RunDirectory run = RunDirectory.open(settings.run());
        try (RunLock lock = RunLock.acquire(run.path())) {
            run.clear();
            run.installWorkers(settings.home().resolve("workers"));
            return run(run, lock);
        }
    }

    private int run(RunDirectory run, RunLock lock) throws IOException, StartException {
        Container container = Container.create(settings, run);
        Shutdown shutdown = Shutdown.install(container, run, lock, settings.stopTimeout());
        try {
            container.start();
            announce(run);
            return shutdown.exitWith(container.waitForStop().getType() == FrameworkEvent.STOPPED ? 0 : 1);
        } catch (InterruptedException | IOException | StartException | RuntimeException e) {
            shutdown.exitWith(1);
            throw new StartException(e instanceof StartException ? e.getMessage() : e.toString());
        }
    }

    private void announce(RunDirectory run) throws IOException, InterruptedException {
        Map<String, String> pools = new PoolStates(settings.conf(), run.pools()).await(POOLS_TIMEOUT);
        long pid = ProcessHandle.current().pid();
        Announcement.lines(settings, Versions.load().hatter(), pid, pools).forEach(Logs::notice);
        ReadableFile.write(run.ready(), (pid + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
