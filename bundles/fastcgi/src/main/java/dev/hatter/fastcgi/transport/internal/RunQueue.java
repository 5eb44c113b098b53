// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Whether more threads of the whole system run or want to than there are processors, by Linux' {@code /proc/loadavg}. One more
 * is no crowd: a worker that has just answered is still at work while its answer is read. Where the file can't be read, nobody
 * knows, and there is none. In a container with fewer processors than its host has, the host's threads count. For one thread
 * alone.
 */
final class RunQueue {
    private static final Path LOADAVG = Path.of("/proc/loadavg");
    private static final long PERIOD = 1_000_000;

    private final Path file;
    private final int most;
    private final LongSupplier clock;
    private final byte[] line = new byte[128];
    private long asked;
    private boolean crowded;
    private boolean readable = true;

    RunQueue() {
        this(LOADAVG, Runtime.getRuntime().availableProcessors() + 1, System::nanoTime);
    }

    /**
     * Reads nothing yet.
     *
     * @param most so many threads are no crowd
     * @param clock nanoseconds; the file is read once in a millisecond at most
     */
    RunQueue(Path file, int most, LongSupplier clock) {
        this.file = file;
        this.most = most;
        this.clock = clock;
        this.asked = clock.getAsLong() - PERIOD;
    }

    boolean isCrowded() {
        long now = clock.getAsLong();
        if (readable && now - asked >= PERIOD) {
            asked = now;
            crowded = running() > most;
        }
        return crowded;
    }

    /** The threads that run or want to, this one among them: the number before the slash in "0.20 0.18 0.12 1/80 11206". */
    private int running() {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            int length = in.read(line);
            int blanks = 0;
            int running = 0;
            for (int i = 0; i < length && line[i] != '/'; i++) {
                if (line[i] == ' ') {
                    blanks++;
                } else if (blanks == 3) {
                    running = 10 * running + line[i] - '0';
                }
            }
            return running;
        } catch (IOException e) {
            readable = false;
            return 0;
        }
    }
}
