// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.lane;

import dev.hatter.pool.internal.request.Counters;
import dev.hatter.pool.internal.request.Dispatcher;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.worker.Crew;
import dev.hatter.pool.internal.worker.CrewContext;
import dev.hatter.pool.internal.worker.CrewListener;
import dev.hatter.pool.internal.worker.Slot;
import dev.hatter.pool.internal.worker.SlotListener;
import dev.hatter.pool.internal.worker.StartPolicy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A queue and the workers it leads to: all of a pool, or those with one hat. Lives on the pool's event loop.
 */
final class Lane implements CrewListener, SlotListener {
    /** How long an ondemand lane whose workers die turns requests away before it tries again. */
    private static final long RETRY_SECONDS = 5;

    private final String hat;
    private final CrewContext context;
    private final Lanes lanes;
    private final Dispatcher dispatcher;
    private final Crew crew;
    private PoolSettings settings;
    private long lastUseNanos;

    /** @param hat null for the lane that is all of a pool */
    Lane(String hat, CrewContext context, PoolSettings settings, Counters counters, Lanes lanes) {
        this.hat = hat;
        this.context = context;
        this.settings = settings;
        this.lanes = lanes;
        this.dispatcher = new Dispatcher(settings.listen().front().backlog(), counters);
        StartPolicy policy = new StartPolicy(() -> ThreadLocalRandom.current().nextDouble());
        SlotListener slots = hat == null ? dispatcher : this;
        this.crew = new Crew(context, settings, policy, slots, dispatcher::queued, this);
        dispatcher.onWaiting(crew::onWaiting);
        touch();
    }

    String hat() {
        return hat;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Crew crew() {
        return crew;
    }

    /** A request was led to it. */
    void touch() {
        lastUseNanos = context.opener().nowNanos();
    }

    /** Whether it has neither workers nor requests, and had none for so long. */
    boolean isDeserted(long nanos) {
        return crew.size() == 0 && dispatcher.queued() == 0 && context.opener().nowNanos() - lastUseNanos > nanos;
    }

    /**
     * Puts settings in force.
     *
     * @param inPlace whether its workers stay: no others are asked for, or its own trial has brought them
     */
    void adopt(PoolSettings next, boolean inPlace) {
        settings = next;
        dispatcher.limitQueue(next.listen().front().backlog());
        if (inPlace) {
            crew.apply(next);
        } else {
            crew.renew(next);
        }
    }

    private void open() {
        if (!lanes.isClosed()) {
            dispatcher.open();
        }
    }

    // ---- from the crew

    @Override
    public void onIdle(Slot slot) {
        dispatcher.onIdle(slot);
        lanes.onIdle();
    }

    @Override
    public void onWithdrawn(Slot slot) {
        dispatcher.onWithdrawn(slot);
    }

    @Override
    public void onManned() {
        open();
        lanes.onManned(this);
    }

    @Override
    public void onGivenUp(String reason) {
        lanes.onGivenUp(this, reason);
        dispatcher.close("its workers die as they start");
        if (settings.processManager().initial() == 0) {
            // only a request makes it try again
            context.opener().later(this::open, TimeUnit.SECONDS.toMillis(RETRY_SECONDS));
        }
    }

    @Override
    public void onProven() {
        lanes.onProven(this);
    }

    @Override
    public void onRefused(String reason) {
        lanes.onRefused(this, reason);
    }
}
