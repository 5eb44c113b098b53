// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What requests of one place send as FCGI_STDERR, cut into lines for the log. A request isn't slowed down by it: over so many
 * lines a second the rest is dropped, and counted. For one thread.
 */
final class StderrLines {
    /** As long as a line of a worker's output may be. */
    static final int MAX_LENGTH = 1024;

    static final int MAX_LINES = 100;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String UNSAFE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]";

    private final BooleanSupplier caught;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private byte[] line;
    private int length;
    private long second;
    private int lines;
    private long dropped;

    /**
     * @param caught whether it goes to the log at all; may change at any time
     * @param nanos {@link System#nanoTime()}
     * @param log gets each line, in which nothing can pass for another line
     */
    StderrLines(BooleanSupplier caught, LongSupplier nanos, Consumer<String> log) {
        this.caught = caught;
        this.nanos = nanos;
        this.log = log;
    }

    /** Takes note of a piece, which stays as it is. */
    void add(ByteBuf content) {
        if (!caught.getAsBoolean()) {
            return;
        }
        if (line == null) {
            line = new byte[MAX_LENGTH]; // most places never need it
        }
        int end = content.writerIndex();
        for (int i = content.readerIndex(); i < end; i++) {
            byte next = content.getByte(i);
            if (next == '\n') {
                endLine();
                continue;
            }
            if (length == MAX_LENGTH) {
                endLine();
            }
            line[length++] = next;
        }
    }

    /** The request is over: what has no end is a line, too. */
    void end() {
        endLine();
        tellDropped();
    }

    private void endLine() {
        if (length == 0) {
            return;
        }
        if (isAllowed()) {
            log.accept(new String(line, 0, length, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .replaceAll(UNSAFE, "?"));
        } else {
            dropped++;
        }
        length = 0;
    }

    private boolean isAllowed() {
        long now = nanos.getAsLong();
        if (lines == 0 || now - second >= SECOND) {
            tellDropped();
            second = now;
            lines = 0;
        }
        return lines++ < MAX_LINES;
    }

    private void tellDropped() {
        if (dropped > 0) {
            log.accept("... and " + dropped + " lines more");
            dropped = 0;
        }
    }
}
