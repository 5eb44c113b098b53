// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import java.time.Duration;

/** How much of a process's output is read in a period, so that one that floods it slows down only itself. */
final class OutputBudget {
    /** Bytes that are read in a period. */
    static final int BYTES_PER_PERIOD = 1 << 20;

    static final Duration PERIOD = Duration.ofSeconds(1);

    /** What a line costs besides its bytes: a mebibyte of line ends is a million calls of the listener. */
    static final int LINE_COST = 64;

    private long periodStart;
    private long spent;

    OutputBudget(long now) {
        periodStart = now;
    }

    void spend(int bytes, int lines) {
        spent += bytes + (long) lines * LINE_COST;
    }

    /** Whether no more is to be read in this period. */
    boolean isExhausted(long now) {
        if (now - periodStart >= PERIOD.toNanos()) {
            periodStart = now;
            spent = 0;
        }
        return spent >= BYTES_PER_PERIOD;
    }

    Duration untilNextPeriod(long now) {
        return Duration.ofNanos(Math.max(0, periodStart + PERIOD.toNanos() - now));
    }
}
