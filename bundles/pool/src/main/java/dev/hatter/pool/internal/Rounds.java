// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.internal.lane.Lanes;
import dev.hatter.pool.internal.settings.PoolSettings;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** What is looked after from time to time in a running pool, on its event loop. */
final class Rounds {
    private static final long MIN_OVERDUE_MILLIS = 130;
    private static final long MAX_OVERDUE_MILLIS = 1_000;
    private static final long TAMPERED_MILLIS = 1_000;
    private static final long HEARTBEAT_MILLIS = 1_000;

    private final EventLoop loop;
    private final Lanes lanes;
    private final List<Future<?>> timers = new ArrayList<>();

    Rounds(EventLoop loop, Lanes lanes) {
        this.loop = loop;
        this.lanes = lanes;
    }

    /** Begins anew, with those settings. */
    void start(PoolSettings settings) {
        stop();
        every(HEARTBEAT_MILLIS, lanes::onHeartbeat);
        everyThirdOf(settings.run().timeouts().terminate(), lanes::terminateOverdue);
        everyThirdOf(settings.run().timeouts().queue(), lanes::expire);
        if (settings.launch().phpCgi() && settings.launch().concurrency() > 1) {
            every(TAMPERED_MILLIS, lanes::replaceTampered);
        }
    }

    /** php-fpm too looks at a third of the timeout: a timer for each request would cost more than it brings. */
    private void everyThirdOf(Duration timeout, LongConsumer task) {
        if (!timeout.isZero()) {
            long period = Math.max(MIN_OVERDUE_MILLIS, Math.min(MAX_OVERDUE_MILLIS, timeout.toMillis() / 3));
            every(period, () -> task.accept(timeout.toNanos()));
        }
    }

    private void every(long millis, Runnable task) {
        timers.add(loop.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS));
    }

    void stop() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }
}
