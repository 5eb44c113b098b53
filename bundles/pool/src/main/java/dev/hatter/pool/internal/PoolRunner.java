// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.transport.FrontDoor;
import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.internal.lane.Lanes;
import dev.hatter.pool.internal.lane.LanesListener;
import dev.hatter.pool.internal.request.Counters;
import dev.hatter.pool.internal.request.Desk;
import dev.hatter.pool.internal.request.Dispatcher;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.PoolSettings;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool that runs: its door, its desk and its lanes, from start to stop. All of it lives on one event loop;
 * the public methods may be called from any thread and, where they say so, block.
 */
final class PoolRunner implements LanesListener {
    private static final long CLOSE_SECONDS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PoolRunner.class);

    private final PoolHouse house;
    private final EventLoop loop;
    private final Counters counters = new Counters();
    private final Lanes lanes;
    private final Desk desk;
    private final StatusFile status;
    private final Rounds rounds;
    private final Instant started = Instant.now();

    private volatile PoolSettings settings;
    private volatile PoolState state = PoolState.STARTING;
    private final Set<FrontDoor> leaving = new HashSet<>();
    private volatile FrontDoor door;
    private Change change;
    private String failure;
    private String refused;

    /** New settings that have to prove themselves; the door is null when the address stays. */
    private record Change(PoolSettings settings, FrontDoor door) {}

    PoolRunner(PoolHouse house, PoolSettings settings) {
        this.house = house;
        this.settings = settings;
        this.loop = house.loops().next();
        this.lanes = new Lanes(house.crewContext(settings.name(), loop), settings, counters, this);
        this.desk = new Desk(settings.name(), () -> this.settings, lanes, counters, loop, house.serial());
        this.status = house.statusFile(settings.name());
        this.rounds = new Rounds(loop, lanes);
    }

    String name() {
        return settings.name();
    }

    PoolState state() {
        return state;
    }

    /** Opens the door and starts the workers; blocks until it listens. On failure nothing is left behind. */
    void start() throws InvalidSettingsException {
        door = house.open(loop, settings, desk);
        run(() -> {
            rounds.start(settings);
            lanes.start();
            if (settings.processManager().initial() == 0) {
                state = PoolState.ACTIVE;
            }
            publish();
        });
        LOG.info("[pool {}] listening on {}", name(), door.address());
        house.tellPhpIni(settings);
    }

    /**
     * Puts other settings in force, or refuses them and leaves all as it is. What needs no new worker is in force when this
     * returns; new workers are proven first.
     */
    void reconfigure(PoolSettings next) throws InvalidSettingsException {
        if (next.equals(settings)) {
            run(this::keep);
            return;
        }
        house.check(next);
        boolean moves = !next.listen().address().equals(settings.listen().address());
        FrontDoor newDoor = moves ? house.open(loop, next, desk) : null;
        run(() -> begin(new Change(next, newDoor)));
    }

    /** Notes that a configuration could not even be read; what runs, runs on. */
    void refuse(String reason) {
        run(() -> {
            dropChange();
            onRefused(reason);
        });
    }

    /** Gives its address back, so that another pool can have it when this returns. Not to be called on an event loop. */
    void freeAddress() {
        CompletableFuture<Void> closed = door.stopAccepting();
        if (!door.address().isUnix()) {
            // a socket's file is gone already, and who has connected to it is still accepted meanwhile
            closed.orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> null)
                    .join();
        }
    }

    /** Whether its workers must not run but confined. */
    boolean isConfined() {
        return settings.launch().hat() != null;
    }

    /** Turns away who isn't with a worker by now. */
    void withdraw(String reason) {
        LOG.warn("[pool {}] stops: {}", name(), reason);
        run(() -> lanes.close(reason));
    }

    /**
     * Takes no more connections from now on, lets requests finish for a bounded time, ends the workers.
     *
     * @return completes when nothing of the pool is left
     */
    CompletionStage<Void> stop() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        run(() -> drain().whenComplete((nothing, error) -> {
            become(PoolState.STOPPED);
            LOG.info("[pool {}] stopped", name());
            stopped.complete(null);
        }));
        return stopped;
    }

    CompletionStage<PoolSnapshot> snapshot() {
        return CompletableFuture.supplyAsync(this::count, loop);
    }

    // ---- on the loop

    private void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** The newest configuration is the one in force, whatever was tried in between. */
    private void keep() {
        dropChange();
        if (forgive()) {
            publish();
        }
    }

    /** Whether there was something to forgive. */
    private boolean forgive() {
        if (refused == null) {
            return false;
        }
        refused = null;
        house.tellRefusal(null);
        return true;
    }

    private void begin(Change next) {
        dropChange();
        if (state == PoolState.STOPPING || state == PoolState.STOPPED) {
            closeDoor(next);
        } else if (next.settings().launch().equals(settings.launch())) {
            adopt(next);
        } else {
            change = next;
            lanes.roll(next.settings());
        }
    }

    private void dropChange() {
        if (change != null) {
            lanes.cancelTrial();
            closeDoor(change);
            change = null;
        }
    }

    private static void closeDoor(Change dropped) {
        if (dropped.door() != null) {
            dropped.door().close();
        }
    }

    private void adopt(Change next) {
        FrontDoor old = door;
        boolean others = !next.settings().launch().equals(settings.launch());
        settings = next.settings();
        desk.forget();
        lanes.adopt(settings);
        rounds.start(settings);
        if (next.door() == null) {
            house.apply(door, settings);
        } else {
            door = next.door();
            leave(old);
        }
        forgive();
        publish();
        LOG.info("[pool {}] reloaded, listening on {}", name(), door.address());
        if (others) {
            house.tellPhpIni(settings);
        }
    }

    /**
     * Lets nobody more in through that door. Who has come in may stay: a web server can't know that its kept connection is
     * about to be closed, and would lose the request it sends in that moment. Idle ones time out.
     */
    private void leave(FrontDoor left) {
        leaving.removeIf(door -> door.connections() == 0);
        leaving.add(left);
        left.stopAccepting();
    }

    private CompletionStage<Void> drain() {
        dropChange();
        become(PoolState.STOPPING);
        leaving.add(door);
        CompletableFuture<Void> drained = CompletableFuture.allOf(
                        leaving.stream().map(FrontDoor::drain).toArray(CompletableFuture<?>[]::new))
                .thenCompose(nothing -> lanes.stop());
        loop.schedule(this::hasten, house.settings().controlTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return drained.whenComplete((nothing, error) -> rounds.stop());
    }

    /** The time to finish is over. */
    private void hasten() {
        if (state == PoolState.STOPPING) {
            leaving.forEach(FrontDoor::close);
            lanes.stop();
            lanes.kill();
        }
    }

    private void become(PoolState next) {
        if (state != next) {
            state = next;
            publish();
        }
    }

    private void publish() {
        if (state == PoolState.STOPPED) {
            status.remove();
        } else {
            status.write(describe());
        }
    }

    private String describe() {
        String text = state.name().toLowerCase(Locale.ROOT) + ", listening on " + door.address() + ", pm = " + pm()
                + ", pm.max_children = " + settings.run().maxChildren();
        if (state == PoolState.FAILING) {
            text += "; its workers die: " + failure;
        }
        return refused == null ? text : text + "; the newest configuration was refused: " + refused;
    }

    private String pm() {
        return settings.run().pm().kind().name().toLowerCase(Locale.ROOT);
    }

    private PoolSnapshot count() {
        return new PoolSnapshot(
                name(),
                state,
                refused,
                door.address().toString(),
                pm(),
                started,
                door.connections()
                        + leaving.stream().mapToInt(FrontDoor::connections).sum(),
                door.acceptedConnections(),
                counters.requests(),
                counters.failed(),
                counters.rejected(),
                lanes.queued(),
                counters.maxQueue(),
                settings.listen().front().backlog(),
                counters.active(),
                counters.maxActive(),
                lanes.timesFull(),
                lanes.snapshot());
    }

    // ---- from the lanes

    @Override
    public void onManned() {
        if (state == PoolState.FAILING || state == PoolState.STARTING) {
            become(PoolState.ACTIVE);
        }
    }

    @Override
    public void onGivenUp(String reason) {
        if (state == PoolState.STARTING || state == PoolState.ACTIVE) {
            failure = reason;
            LOG.error(
                    "[pool {}] its workers die before they serve a request; requests get 503 until one works: {}",
                    name(),
                    reason);
            become(PoolState.FAILING);
        }
    }

    @Override
    public void onProven() {
        Change proven = change;
        change = null;
        adopt(proven);
    }

    @Override
    public void onDismissed(Dispatcher gone) {
        desk.redirect(gone);
    }

    @Override
    public void onRefused(String reason) {
        if (change != null) {
            closeDoor(change);
            change = null;
        }
        refused = reason;
        house.tellRefusal(reason);
        LOG.error("[pool {}] the new configuration was refused, the old one stays in force: {}", name(), reason);
        publish();
    }
}
