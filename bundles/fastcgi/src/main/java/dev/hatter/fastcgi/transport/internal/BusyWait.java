// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for events for a moment before an event loop goes to sleep. On a processor that has nothing else to do, falling asleep
 * and being woken takes longer than a short script. Between two looks the processor is offered to whoever wants it: mostly
 * the worker whose answer is waited for. It is done only as long as it pays: when nothing comes in time, or others want the
 * processor for long, the loop goes to sleep at once for the next times, and twice as many times when that happens again.
 */
final class BusyWait implements SelectStrategy {
    private static final int MOST_SKIPPED = 1024;

    private final LongSupplier limit;
    private int skipped;
    private int toSkip = 1;

    /** @param limit nanoseconds that a wait may take; 0 for none. Asked each time, by the loop's thread */
    BusyWait(LongSupplier limit) {
        this.limit = limit;
    }

    @Override
    public int calculateStrategy(IntSupplier look, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return look.get();
        }
        long most = limit.getAsLong();
        if (most == 0) {
            return SELECT;
        }
        if (skipped < toSkip) {
            skipped++;
            return SELECT;
        }
        return waitFor(look, most);
    }

    private int waitFor(IntSupplier look, long most) throws Exception {
        long begin = System.nanoTime();
        while (true) {
            int events = look.get();
            long taken = System.nanoTime() - begin;
            if (taken > most) {
                skipped = 0;
                toSkip = Math.min(MOST_SKIPPED, 2 * toSkip);
                return events > 0 ? events : SELECT;
            }
            if (events > 0) {
                toSkip = Math.max(1, toSkip / 2);
                return events;
            }
            Thread.yield();
        }
    }
}
