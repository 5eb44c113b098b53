// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets a few lines a second through and counts the rest, so that whoever can connect can't fill the log. */
final class RateLimitedLog {
    private static final int LINES_PER_PERIOD = 10;
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> log;
    private long periodStart;
    private int lines;
    private long suppressed;

    RateLimitedLog(Consumer<String> log) {
        this.log = log;
    }

    void log(long now, String line) {
        if (now - periodStart >= PERIOD || lines == 0) {
            periodStart = now;
            lines = 0;
        }
        if (lines == LINES_PER_PERIOD) {
            suppressed++;
            return;
        }
        lines++;
        log.accept(suppressed == 0 ? line : line + " (" + suppressed + " such lines were left out)");
        suppressed = 0;
    }
}
