// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.lane;

import dev.hatter.fastcgi.Params;
import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.request.Counters;
import dev.hatter.pool.internal.request.Dispatcher;
import dev.hatter.pool.internal.request.Routing;
import dev.hatter.pool.internal.settings.Hat;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.worker.Crew;
import dev.hatter.pool.internal.worker.CrewContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of a pool: one, or, where each request names its own hat, one for each hat in use. No worker ever changes its
 * lane, so none ever serves two hats. Lives on the pool's event loop.
 */
public final class Lanes implements Routing {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private static final long DESERTED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final CrewContext context;
    private final Counters counters;
    private final LanesListener listener;
    private final HatFinder finder;
    private final SharedRoom room;
    private final Map<String, Lane> hats = new HashMap<>();
    private final Map<String, Lane> byValue = new HashMap<>();
    private final List<Lane> leaving = new ArrayList<>();
    private PoolSettings settings;
    private Predicate<String> allowed;
    private Lane only;
    private Lane trial;
    private String closed;

    public Lanes(CrewContext context, PoolSettings settings, Counters counters, LanesListener listener) {
        this.context = context;
        this.settings = settings;
        this.counters = counters;
        this.listener = listener;
        this.finder = new HatFinder(context);
        this.room = new SharedRoom(() -> this.settings.maxProcesses(), context.quota(), this::makeRoom, this::useRoom);
        this.allowed = allowed(settings);
        if (!varies(settings)) {
            only = lane(null, settings);
        }
    }

    private static boolean varies(PoolSettings settings) {
        Hat hat = settings.launch().hat();
        return hat != null && hat.varies();
    }

    private static Predicate<String> allowed(PoolSettings settings) {
        return varies(settings) ? settings.run().hats().allowing() : value -> false;
    }

    private Lane lane(String hat, PoolSettings from) {
        CrewContext own = hat == null ? context : context.forHat(hat, room);
        return new Lane(hat, own, shareOf(from), counters, this);
    }

    private static PoolSettings shareOf(PoolSettings all) {
        return varies(all) ? all.forOneHat() : all;
    }

    /** Those that requests are led to. */
    private List<Lane> open() {
        return only == null ? List.copyOf(hats.values()) : List.of(only);
    }

    /** All that have workers, or may get some. */
    private List<Lane> every() {
        List<Lane> every = new ArrayList<>(open());
        every.addAll(leaving);
        if (trial != null && !every.contains(trial)) {
            every.add(trial);
        }
        return every;
    }

    // ---- what the pool asks for

    /** Starts the first workers. */
    public void start() {
        open().forEach(lane -> lane.crew().start());
    }

    /** Tries settings with another launch: the listener hears whether they were proven. */
    public void roll(PoolSettings next) {
        cancelTrial();
        trial = proving(next);
        if (trial == null) {
            listener.onProven();
        } else {
            room.extend(1);
            trial.crew().roll(shareOf(next));
        }
    }

    /** The lane whose first new worker is to prove them; null when there is nothing that could. */
    private Lane proving(PoolSettings next) {
        if (!varies(next)) {
            return only != null ? only : lane(null, next);
        }
        if (keepsLanes(next)) {
            return hats.values().stream()
                    .filter(lane -> lane.crew().size() > 0)
                    .max(Comparator.comparingInt(lane -> lane.crew().size()))
                    .orElse(null);
        }
        String fallback = next.run().hats().fallback();
        return fallback == null ? null : lane(fallback, next);
    }

    /** Whether those settings lead the same requests to the same lanes. */
    private boolean keepsLanes(PoolSettings next) {
        return varies(next) == varies(settings)
                && (!varies(next)
                        || next.launch()
                                .hat()
                                .toString()
                                .equals(settings.launch().hat().toString()));
    }

    /** Gives up a trial under way. */
    public void cancelTrial() {
        if (trial != null) {
            Lane given = trial;
            given.crew().cancelTrial();
            endTrial();
            if (!open().contains(given)) {
                dismiss(given);
            }
        }
    }

    private void endTrial() {
        trial = null;
        room.extend(0);
    }

    /** Puts settings in force: such as ask for no other workers, or such as were proven. */
    public void adopt(PoolSettings next) {
        Lane proven = trial;
        endTrial();
        finder.forget();
        byValue.clear();
        boolean sameLaunch = next.launch().equals(settings.launch());
        boolean sameLanes = keepsLanes(next);
        settings = next;
        allowed = allowed(next);
        if (sameLanes) {
            open().forEach(lane -> lane.adopt(shareOf(next), sameLaunch || lane == proven));
        } else {
            replaceLanes(proven);
        }
    }

    private void replaceLanes(Lane proven) {
        List<Lane> old = open();
        hats.clear();
        only = varies(settings) ? null : proven;
        if (only == null && proven != null) {
            hats.put(proven.hat(), proven);
        }
        if (proven != null) {
            proven.adopt(shareOf(settings), true);
        }
        old.forEach(this::dismiss);
    }

    /** Leads no request there any more; its workers end when they are done. */
    private void dismiss(Lane lane) {
        leaving.add(lane);
        lane.crew().stop().thenRun(() -> leaving.remove(lane));
        listener.onDismissed(lane.dispatcher());
    }

    /** Starts no more workers, and ends each as soon as it has no request left; completes on the loop when all are gone. */
    public CompletionStage<Void> stop() {
        CompletableFuture<?>[] stopped = every().stream()
                .map(lane -> lane.crew().stop().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(stopped);
    }

    /** Kills all that is left, at once. */
    public void kill() {
        every().forEach(lane -> lane.crew().kill());
    }

    /** Answers the requests that wait, and those to come, with 503, for good. */
    public void close(String reason) {
        closed = reason;
        open().forEach(lane -> lane.dispatcher().close(reason));
    }

    boolean isClosed() {
        return closed != null;
    }

    // ---- from time to time

    /** A second has passed. */
    public void onHeartbeat() {
        every().forEach(lane -> lane.crew().onHeartbeat());
        List<Lane> deserted = hats.values().stream()
                .filter(lane -> lane != trial && lane.isDeserted(DESERTED_NANOS))
                .toList();
        hats.values().removeAll(deserted);
        byValue.values().removeAll(deserted);
    }

    /** Kills each worker that has been with a request for longer than that. */
    public void terminateOverdue(long timeoutNanos) {
        every().forEach(lane -> lane.crew().terminateOverdue(timeoutNanos));
    }

    /** Answers requests that have waited for longer than that. */
    public void expire(long timeoutNanos) {
        open().forEach(lane -> lane.dispatcher().expire(timeoutNanos));
    }

    /** See {@link Crew#replaceTampered}. */
    public void replaceTampered() {
        every().forEach(lane -> lane.crew().replaceTampered());
    }

    // ---- numbers

    /** How many requests wait. */
    public int queued() {
        return open().stream().mapToInt(lane -> lane.dispatcher().queued()).sum();
    }

    /** See {@link Crew#timesFull}. */
    public long timesFull() {
        return open().stream().mapToLong(lane -> lane.crew().timesFull()).sum();
    }

    public List<WorkerSnapshot> snapshot() {
        return every().stream().flatMap(lane -> lane.crew().snapshot().stream()).toList();
    }

    // ---- which lane

    @Override
    public Dispatcher known(Params params) {
        if (only != null) {
            return only.dispatcher();
        }
        String value = params.get(settings.launch().hat().parameter());
        Lane lane = value == null ? null : byValue.get(value);
        return lane == null ? null : use(lane);
    }

    private static Dispatcher use(Lane lane) {
        lane.touch();
        return lane.dispatcher();
    }

    @Override
    public void find(Params params, Consumer<Dispatcher> found) {
        if (only != null) {
            found.accept(only.dispatcher());
            return;
        }
        Hat hat = settings.launch().hat();
        String value = params.get(hat.parameter());
        if (value == null || !allowed.test(value)) {
            findFallback(params, found);
            return;
        }
        PoolSettings asked = settings;
        finder.find(hat.named(value), settings.launch(), there -> {
            if (settings != asked) {
                find(params, found);
            } else if (there) {
                Lane lane = laneOf(hat.named(value));
                byValue.put(value, lane);
                found.accept(use(lane));
            } else {
                findFallback(params, found);
            }
        });
    }

    private void findFallback(Params params, Consumer<Dispatcher> found) {
        String fallback = settings.run().hats().fallback();
        if (fallback == null) {
            found.accept(null);
        } else if (hats.containsKey(fallback)) {
            found.accept(use(hats.get(fallback)));
        } else {
            PoolSettings asked = settings;
            finder.find(fallback, settings.launch(), there -> {
                if (settings != asked) {
                    find(params, found);
                } else {
                    found.accept(there ? use(laneOf(fallback)) : null);
                }
            });
        }
    }

    private Lane laneOf(String hat) {
        return hats.computeIfAbsent(hat, name -> {
            Lane lane = lane(name, settings);
            if (closed != null) {
                lane.dispatcher().close(closed);
            }
            return lane;
        });
    }

    @Override
    public void onConnectionShared() {
        open().forEach(lane -> lane.dispatcher().onConnectionShared());
    }

    // ---- room for workers, where there are several lanes

    /** Somebody has become idle in a lane. */
    void onIdle() {
        if (room.isWanted()) {
            makeRoom();
        }
    }

    /**
     * A worker is wanted and there are as many as may be: one that is idle goes; else one of the lane with the most, where
     * another that waits has fewer.
     */
    private void makeRoom() {
        List<Lane> every = every();
        if (every.stream().anyMatch(lane -> lane.crew().isShrinking())) {
            return;
        }
        List<Lane> largestFirst = open().stream()
                .sorted(Comparator.comparingInt((Lane lane) -> lane.crew().size())
                        .reversed())
                .toList();
        if (largestFirst.stream().noneMatch(lane -> lane.crew().release(false))) {
            int least = largestFirst.stream()
                    .filter(lane -> lane.dispatcher().queued() > 0)
                    .mapToInt(lane -> lane.crew().size())
                    .min()
                    .orElse(Integer.MAX_VALUE);
            largestFirst.stream()
                    .filter(lane -> lane.crew().size() > least)
                    .findFirst()
                    .ifPresent(lane -> lane.crew().release(true));
        }
    }

    /** There is room again: the lane with the fewest workers goes first. */
    private void useRoom() {
        open().stream()
                .filter(lane -> lane.dispatcher().queued() > 0)
                .sorted(Comparator.comparingInt(lane -> lane.crew().size()))
                .forEach(lane -> lane.crew().onWaiting());
    }

    // ---- from the lanes

    void onManned(Lane lane) {
        if (lane == only) {
            listener.onManned();
        }
    }

    void onGivenUp(Lane lane, String reason) {
        if (lane == only) {
            listener.onGivenUp(reason);
        } else {
            LOG.error(
                    "[pool {}] its workers with hat \"{}\" die before they serve a request: {}",
                    context.pool(),
                    lane.hat(),
                    reason);
        }
    }

    void onProven(Lane lane) {
        if (lane == trial) {
            listener.onProven();
        }
    }

    void onRefused(Lane lane, String reason) {
        if (lane == trial) {
            endTrial();
            if (!open().contains(lane)) {
                dismiss(lane);
            }
            listener.onRefused(reason);
        }
    }
}
