// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * When a worker may be started after others died without having been given a request (one that dies of its
 * request says nothing of the next, and one visitor's could stop the pool for all). The delay has a floor and doubles with
 * each such death, with a random spread so that pools that fail for the same reason don't start in step; after
 * {@value #GIVE_UP_AFTER} the pool is said to be failing, and a start is only tried now and then.
 */
public final class StartPolicy {
    static final int GIVE_UP_AFTER = 5;

    private static final long FLOOR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CEILING_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MAX_DOUBLINGS = 20;
    private static final double SPREAD = 0.2;

    private final DoubleSupplier random;
    private int failures;
    private long earliestNanos;

    /** @param random numbers from 0 to 1 */
    public StartPolicy(DoubleSupplier random) {
        this.random = random;
    }

    /** A worker died before it was given anything. */
    void onFailure(long nowNanos) {
        failures++;
        long delay = Math.min(CEILING_NANOS, FLOOR_NANOS << Math.min(failures - 1, MAX_DOUBLINGS));
        double spread = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
        earliestNanos = nowNanos + (long) (delay * spread);
    }

    /** A worker served a request: what was wrong is over. */
    void onSuccess() {
        failures = 0;
    }

    /** How long to wait before the next start; 0 when it may be now. */
    long delayNanos(long nowNanos) {
        return failures == 0 ? 0 : Math.max(0, earliestNanos - nowNanos);
    }

    /** How many may be starting at once: after a failure one alone tries whether it works again. */
    int startsAtOnce() {
        return failures == 0 ? Integer.MAX_VALUE : 1;
    }

    int failures() {
        return failures;
    }

    boolean hasGivenUp() {
        return failures >= GIVE_UP_AFTER;
    }
}
