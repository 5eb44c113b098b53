// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What is to be done at which time, in nanoseconds of System.nanoTime(). For one thread. */
final class Timers {
    private static final int NONE = -1;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();

    private record Timer(long due, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.signum(due - other.due); // by difference: nanoTime may wrap
        }
    }

    void add(long due, Runnable action) {
        queue.add(new Timer(due, action));
    }

    /** The action that is due, taken out; null when none is. */
    Runnable next(long now) {
        Timer first = queue.peek();
        return first == null || first.due - now > 0 ? null : queue.remove().action;
    }

    /** How long to wait for the first, rounded up; -1 when there is none. */
    int millisToNext(long now) {
        Timer first = queue.peek();
        if (first == null) {
            return NONE;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, first.due - now) + 999_999);
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }
}
