// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.osgi.framework.BundleException;

/**
 * The end by a signal, in the JVM's shutdown hook: TERM (and HUP) let the pools finish what is under way, INT gives them
 * little time, a second INT none. Ends with code 0 when all went in good order.
 */
final class Shutdown {
    private static final Duration HURRY = Duration.ofSeconds(3);
    private static final int FORCED = 1;

    /** Tells the pools to kill their workers rather than to let requests finish. */
    private static final String HURRY_PROPERTY = "hatter.hurry";

    private final Container container;
    private final RunDirectory run;
    private final RunLock lock;
    private volatile Duration timeout;
    private volatile int exitCode;

    private Shutdown(Container container, RunDirectory run, RunLock lock, Duration timeout) {
        this.container = container;
        this.run = run;
        this.lock = lock;
        this.timeout = timeout;
    }

    static Shutdown install(Container container, RunDirectory run, RunLock lock, Duration timeout) {
        Shutdown shutdown = new Shutdown(container, run, lock, timeout);
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "hatter-shutdown"));
        Interrupt.handle(shutdown::first, shutdown::force);
        return shutdown;
    }

    /** What to end with when no signal came. */
    int exitWith(int code) {
        exitCode = code;
        return code;
    }

    private void first() {
        System.setProperty(HURRY_PROPERTY, "true");
        if (HURRY.compareTo(timeout) < 0) {
            timeout = HURRY;
        }
        System.exit(0);
    }

    private void run() {
        Logs.notice("Terminating ...");
        if (!stopped()) {
            force();
        }
        release();
        Logs.notice("exiting, bye-bye!");
        Runtime.getRuntime().halt(exitCode); // after a signal the JVM's own code would be 128 + its number
    }

    private boolean stopped() {
        try {
            if (container.stop(Math.max(1, timeout.toMillis()))) {
                return true;
            }
            Logs.warning("the pools have not ended after " + timeout.toSeconds() + " seconds");
        } catch (BundleException | InterruptedException e) {
            Logs.error("the framework does not stop: " + e);
        }
        return false;
    }

    /** Kills the workers that are left, so that none lives on without a manager, and ends at once. */
    private void force() {
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroyForcibly);
        Logs.warning("ended by force; workers killed: "
                + left.stream().map(ProcessHandle::pid).toList());
        release();
        Runtime.getRuntime().halt(FORCED);
    }

    private void release() {
        try {
            run.tidy();
            lock.close();
        } catch (IOException e) {
            Logs.warning("the run directory is not tidy: " + e);
        }
    }
}
