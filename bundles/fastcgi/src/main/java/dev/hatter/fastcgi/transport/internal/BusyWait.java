// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for events for a moment before an event loop goes to sleep. On a processor that has nothing else to do, falling asleep
 * and being woken takes longer than a short script. Between two looks the processor is offered to whoever wants it: mostly
 * the worker whose answer is waited for. It is done only as long as it pays: when nothing comes in time, the loop goes to
 * sleep at once the next times, and twice as many times when that happens again; much more often when others have kept the
 * processor meanwhile, since then each wait takes as long as they want it.
 */
final class BusyWait implements SelectStrategy {
    private static final int MOST_SKIPPED = 1024;
    private static final int IN_VAIN = 2;
    private static final int AWAY = 16;

    private final LongSupplier limit;
    private final LongSupplier clock;
    private int skipped;
    private int toSkip = 1;

    /** @param limit nanoseconds that a wait may take; 0 for none. Asked each time, by the loop's thread */
    BusyWait(LongSupplier limit) {
        this(limit, System::nanoTime);
    }

    BusyWait(LongSupplier limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
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
        int events = look.get();
        if (events > 0) {
            return events; // no wait, so nothing is learnt
        }
        long begin = clock.getAsLong();
        long last = 0;
        while (true) {
            Thread.yield();
            events = look.get();
            long taken = clock.getAsLong() - begin;
            if (taken > most) {
                skipLonger(taken - last > most / 2 ? AWAY : IN_VAIN);
                return events > 0 ? events : SELECT;
            }
            if (events > 0) {
                toSkip = Math.max(1, toSkip / 2);
                return events;
            }
            last = taken;
        }
    }

    private void skipLonger(int factor) {
        skipped = 0;
        toSkip = Math.min(MOST_SKIPPED, factor * toSkip);
    }
}
