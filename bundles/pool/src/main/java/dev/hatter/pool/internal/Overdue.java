// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.internal.worker.Crew;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks for requests that take too long ({@code request_terminate_timeout}), as php-fpm does at a third of that time: a
 * timer of its own for each request would cost more than it brings.
 */
final class Overdue {
    private static final long MIN_PERIOD_MILLIS = 130;
    private static final long MAX_PERIOD_MILLIS = 1_000;

    private final EventLoop loop;
    private Future<?> timer;

    Overdue(EventLoop loop) {
        this.loop = loop;
    }

    /** @param timeout zero for none */
    void watch(Duration timeout, Crew crew) {
        stop();
        if (!timeout.isZero()) {
            long period = Math.max(MIN_PERIOD_MILLIS, Math.min(MAX_PERIOD_MILLIS, timeout.toMillis() / 3));
            timer = loop.scheduleWithFixedDelay(
                    () -> crew.terminateOverdue(timeout.toNanos()), period, period, TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
