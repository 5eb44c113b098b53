// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.ConfinementException;
import dev.hatter.process.Enclosure;
import dev.hatter.process.internal.os.Children;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a process that was started wears what it was to wear: the exec chain takes a moment to get to the program
 * that gets confined.
 */
final class Fitting {
    /** An exec takes a millisecond; a machine that is out of memory, or emulated, much longer. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration STEP = Duration.ofNanos(500_000);

    private Fitting() {}

    /**
     * Returns when the process is confined, or has ended.
     *
     * @param enclosure null for a process that needn't be confined
     * @throws IOException when it isn't; it must be killed then
     */
    static void await(Enclosure enclosure, int pid, Children children, Duration patience) throws IOException {
        if (enclosure == null) {
            return;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isConfined(enclosure, pid, children)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "child " + pid + " still isn't confined after " + patience.toSeconds() + " s, it was killed");
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }

    /** What has ended wears nothing: its exit tells the rest. */
    private static boolean isConfined(Enclosure enclosure, int pid, Children children) throws IOException {
        try {
            Optional<String> label = enclosure.verify(pid);
            return label.isPresent() || children.hasExited(pid);
        } catch (ConfinementException e) {
            if (children.hasExited(pid)) {
                return true;
            }
            throw new IOException("child " + pid + " " + e.getMessage() + "; it was killed", e);
        }
    }
}
