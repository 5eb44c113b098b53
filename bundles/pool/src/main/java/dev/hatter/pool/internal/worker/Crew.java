// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.pm.Census;
import dev.hatter.pool.internal.pm.Decision;
import dev.hatter.pool.internal.pm.ProcessManager;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.worker.Recruiter.Post;
import dev.hatter.process.ExitStatus;
import dev.hatter.process.LaunchException;
import dev.hatter.process.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a pool: has as many as the process manager asks for, replaces those that die, retires those that have done
 * their share, and rolls from one launch to the next. Lives on the pool's event loop.
 */
public final class Crew implements Worker.Listener, Recruiter.Listener {
    /** A worker that hasn't answered by then, and lives, is taken as ready. */
    private static final long PROBE_MILLIS = 2_000;

    /** The same for a program that is known not to answer. */
    private static final long MUTE_PROBE_MILLIS = 200;

    /** How long the rest of a dead worker's answer may take to arrive. */
    private static final long LAST_WORDS_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final CrewContext context;
    private final SlotListener slots;
    private final CrewListener listener;
    private final IntSupplier waiting;
    private final StartPolicy policy;
    private final Recruiter recruiter;
    private final Patrol patrol;
    private final Labels labels;
    private final ExitLog exits;
    private final Fullness fullness;
    private final Emergency emergency = new Emergency();
    private final Generations generations = new Generations();
    private final Roster roster = new Roster();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private volatile PoolSettings settings;
    private ProcessManager manager;
    private boolean stopping;
    private boolean mute;

    /** @param waiting how many requests wait for a worker */
    public Crew(
            CrewContext context,
            PoolSettings settings,
            StartPolicy policy,
            SlotListener slots,
            IntSupplier waiting,
            CrewListener listener) {
        this.context = context;
        this.settings = settings;
        this.manager = settings.processManager();
        this.policy = policy;
        this.slots = slots;
        this.waiting = waiting;
        this.listener = listener;
        this.recruiter =
                new Recruiter(context, policy, () -> this.settings.run().catchOutput(), this);
        this.patrol = new Patrol(context, roster);
        this.labels = new Labels(context, this::onUnusable);
        this.exits = new ExitLog(context.pool());
        this.fullness = new Fullness(context.pool());
    }

    /** Starts the first workers, less those that a request has asked for meanwhile: the door is open already. */
    public void start() {
        launch(Math.max(0, manager.initial() - present()));
    }

    /** Puts settings in force that ask for no other workers. */
    public void apply(PoolSettings next) {
        settings = next;
        manager = next.processManager();
        roster.staying(generations.current()).stream()
                .skip(next.maxProcesses())
                .forEach(worker -> worker.retire(grace()));
        onEvent();
    }

    /**
     * Tries settings with another launch: a first worker of it is started, and when that is ready the settings are in force
     * and the new take the place of the old ones, which finish what they have. A trial under way is given up for it.
     */
    public void roll(PoolSettings next) {
        cancelTrial();
        if (!recruiter.start(generations.propose(next))) {
            refuseTrial(context.quota().setting() + " leaves no room for a first worker with the new settings");
        }
    }

    /**
     * Puts settings with another launch in force that another crew of the pool has proven: who is idle goes now, who is busy
     * afterwards, and new ones are started as the process manager asks for them.
     */
    public void renew(PoolSettings next) {
        cancelTrial();
        generations.renew();
        apply(next);
        roster.all().stream()
                .filter(worker -> !generations.isWanted(worker.generation()))
                .forEach(worker -> worker.retire(grace()));
    }

    /** Gives up a trial under way: the settings in force stay. */
    public void cancelTrial() {
        if (generations.hasTrial()) {
            roster.staying(generations.dropTrial()).forEach(worker -> worker.retire(grace()));
        }
    }

    /**
     * Starts no more workers, and ends each one as soon as it has no request left.
     *
     * @return completes on the loop when all are gone
     */
    public CompletionStage<Void> stop() {
        stopping = true;
        cancelTrial();
        roster.all().forEach(worker -> worker.retire(grace()));
        completeStop();
        return stopped;
    }

    /** How many workers there are, be they on their way in or out. */
    public int size() {
        return roster.all().size() + recruiter.launching();
    }

    /** Whether one of them is on its way out. */
    public boolean isShrinking() {
        return roster.count(WorkerState.RETIRING) + roster.count(WorkerState.ENDING) > 0;
    }

    /**
     * Lets one worker go.
     *
     * @param busy also one that has a request, after it
     * @return whether there was one
     */
    public boolean release(boolean busy) {
        Stream<Worker> idle = roster.idle(generations.current()).stream();
        Optional<Worker> leaving =
                (busy ? Stream.concat(idle, roster.in(WorkerState.READY).stream()) : idle).findFirst();
        leaving.ifPresent(worker -> worker.retire(grace()));
        return leaving.isPresent();
    }

    /** Kills all that is left, at once. */
    public void kill() {
        roster.all().forEach(worker -> worker.kill("was killed: the pool stops"));
    }

    /** A request has to wait. */
    public void onWaiting() {
        if (present() < settings.maxProcesses()) {
            onEvent();
        } else if (!fullness.isFull()) {
            noteFullness();
        }
    }

    /** Something has changed. */
    private void onEvent() {
        if (!stopping) {
            follow(manager.onEvent(census()));
            noteFullness();
        }
    }

    /** A second has passed. */
    public void onHeartbeat() {
        // a profile that is taken out of the kernel takes the confinement from those that run
        labels.verify(roster.in(WorkerState.READY), Worker::setLabel);
        if (!stopping) {
            follow(manager.onHeartbeat(census()));
            noteFullness();
        }
    }

    /** Kills each worker that has been with a request for longer than that, be its client still there or not. */
    public void terminateOverdue(long timeoutNanos) {
        patrol.terminateOverdue(timeoutNanos);
    }

    /**
     * Replaces groups whose listening socket one of their scripts has made non-blocking: the socket is shared, so each
     * child of such a group ends as it accepts, and php-cgi starts the next without limit.
     */
    public void replaceTampered() {
        patrol.replaceTampered(grace());
    }

    /** Whether requests can't be served, now and for some time. */
    public boolean hasGivenUp() {
        return policy.hasGivenUp() && roster.count(WorkerState.READY) == 0;
    }

    /** How often all the workers there may be were busy while requests waited. */
    public long timesFull() {
        return fullness.times();
    }

    public List<WorkerSnapshot> snapshot() {
        return roster.snapshot();
    }

    // ---- how many

    private Census census() {
        long idleTimeout = settings.run().pm().idleTimeout().toNanos();
        long now = context.opener().nowNanos();
        int expired = (int) roster.idle(generations.current()).stream()
                .filter(worker -> now - worker.idleSinceNanos() >= idleTimeout)
                .count();
        return new Census(
                settings.launch().concurrency(),
                present(),
                starting(),
                roster.idlePlaces(generations.current()),
                waiting.getAsInt(),
                expired);
    }

    /** How long a worker that was asked to end may take before it is killed. */
    private Duration grace() {
        return context.house().get().controlTimeout();
    }

    private int present() {
        return roster.present(generations.current()) + recruiter.launching();
    }

    private void follow(Decision decision) {
        launch(decision.start());
        if (decision.retire() > 0) {
            roster.idle(generations.current()).stream()
                    .limit(decision.retire())
                    .forEach(worker -> worker.retire(grace()));
        }
    }

    private void launch(int missing) {
        recruiter.start(missing, starting(), new Post(settings, generations.current()));
    }

    private int starting() {
        return roster.count(WorkerState.STARTING) + recruiter.launching();
    }

    @Override
    public void onRoom() {
        onEvent();
    }

    private void noteFullness() {
        boolean full = waiting.getAsInt() > 0
                && roster.count(WorkerState.READY) >= settings.maxProcesses()
                && roster.idlePlaces(generations.current()) == 0;
        fullness.note(full, waiting.getAsInt() == 0 && present() < settings.maxProcesses(), settings);
    }

    // ---- one worker's life

    @Override
    public void onLaunched(WorkerProcess process, Post post, WorkerOutput output) {
        int number = post.generation();
        Worker worker = new Worker(process, number, post.settings().launch(), output, context.opener(), this);
        roster.add(worker);
        process.exit().thenAccept(status -> context.loop().execute(() -> onExit(worker, status)));
        LOG.debug("[pool {}] child {} started", context.pool(), worker.pid());
        if (stopping || !generations.isWanted(number)) {
            worker.retire(grace());
            return;
        }
        worker.start();
        context.loop().schedule(worker::assumeReady, mute ? MUTE_PROBE_MILLIS : PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onLaunchFailed(LaunchException failure, Post post) {
        if (generations.isTrial(post.generation())) {
            refuseTrial(failure.getMessage());
        } else {
            LOG.error("[pool {}] {}", context.pool(), failure.getMessage());
            onFailure(failure.getMessage());
        }
        onGone();
    }

    private void onExit(Worker worker, ExitStatus status) {
        boolean asked = worker.state() == WorkerState.ENDING || worker.state() == WorkerState.RETIRING;
        boolean failed = !asked && worker.begun() == 0;
        roster.remove(worker);
        recruiter.onGone();
        String story = exits.write(worker, status, asked, failed);
        worker.onExit(status);
        if (worker.isBusy()) {
            context.loop().schedule(() -> worker.shutAll("died"), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
        if (generations.isTrial(worker.generation())) {
            refuseTrial(story);
        } else if (failed) {
            onFailure(story);
        }
        if (emergency.isReachedBy(
                status, context.house().get(), context.opener().nowNanos())) {
            replaceAll();
        }
        onGone();
    }

    private void replaceAll() {
        LOG.warn(
                "[pool {}] failed processes threshold ({} in {} sec) is reached, replacing all workers",
                context.pool(),
                context.house().get().emergencyThreshold(),
                context.house().get().emergencyInterval().toSeconds());
        roster.staying(generations.current()).forEach(worker -> worker.retire(grace()));
    }

    /** There is one less. */
    private void onGone() {
        completeStop();
        onEvent();
    }

    private void onFailure(String reason) {
        policy.onFailure(context.opener().nowNanos());
        if (hasGivenUp()) {
            listener.onGivenUp(reason);
        }
    }

    private void completeStop() {
        if (stopping && roster.isEmpty() && recruiter.launching() == 0) {
            stopped.complete(null);
        }
    }

    // ---- from one launch to the next

    private void refuseTrial(String reason) {
        generations.dropTrial();
        listener.onRefused(reason);
    }

    private void adoptTrial() {
        generations.adoptTrial();
        policy.onSuccess();
        // which applies the new settings
        listener.onProven();
        int strength = Math.max(manager.initial(), roster.count(WorkerState.READY) - 1);
        launch(Math.min(settings.maxProcesses(), strength) - present());
    }

    /** One new, one old less; when as many new are there as are to be, no old one stays. */
    private void retireOld() {
        boolean complete = starting() == 0;
        roster.all().stream()
                .filter(worker -> !generations.isWanted(worker.generation())
                        && worker.state().canBecome(WorkerState.RETIRING))
                .limit(complete ? Long.MAX_VALUE : 1)
                .forEach(worker -> worker.retire(grace()));
    }

    // ---- from the workers

    @Override
    public void onUp(Worker worker) {
        if (worker.isConfined()) {
            labels.verify(List.of(worker), (fit, label) -> {
                fit.setLabel(label);
                fit.becomeReady();
            });
        } else {
            worker.becomeReady();
        }
    }

    @Override
    public void onReady(Worker worker) {
        boolean first = roster.count(WorkerState.READY) == 1;
        if (generations.isTrial(worker.generation())) {
            adoptTrial();
        }
        retireOld();
        if (first) {
            listener.onManned();
        }
    }

    @Override
    public void onBegun(Worker worker) {
        int limit = worker.shareOf(settings.run().maxRequests());
        if (limit > 0 && worker.begun() >= limit) {
            worker.retire(grace());
        }
    }

    @Override
    public boolean tracksFinished() {
        return settings.run().timeouts().trackFinished();
    }

    @Override
    public void onServed(Worker worker) {
        policy.onSuccess();
        mute = !worker.answers();
    }

    @Override
    public void onIdle(Slot slot) {
        slots.onIdle(slot);
    }

    @Override
    public void onWithdrawn(Slot slot) {
        slots.onWithdrawn(slot);
    }

    @Override
    public void onUnusable(Worker worker, String reason) {
        if (worker.state().canBecome(WorkerState.ENDING)) {
            LOG.warn("[pool {}] child {} {}, ending it", context.pool(), worker.pid(), reason);
            worker.kill(reason);
            if (worker.begun() == 0) {
                onFailure("child " + worker.pid() + " " + reason);
            }
        }
    }
}
