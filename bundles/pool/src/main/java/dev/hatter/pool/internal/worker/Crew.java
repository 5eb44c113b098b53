// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.pool.internal.settings.RunSettings;
import dev.hatter.process.ExitStatus;
import dev.hatter.process.LaunchException;
import dev.hatter.process.WorkerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a pool: keeps as many as there should be, replaces those that die, retires those that have done their
 * share, and rolls from one launch to the next. Lives on the pool's event loop.
 */
public final class Crew implements Worker.Listener {
    /** How long a worker that was asked to end may take before it is killed. */
    static final Duration END_GRACE = Duration.ofSeconds(10);

    /** A worker that hasn't answered by then, and lives, is taken as ready. */
    private static final long PROBE_SECONDS = 2;

    /** How long the rest of a dead worker's answer may take to arrive. */
    private static final long LAST_WORDS_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    private final CrewContext context;
    private final SlotListener slots;
    private final CrewListener listener;
    private final StartPolicy policy;
    private final Starter starter;
    private final List<Worker> workers = new ArrayList<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private LaunchSettings launch;
    private volatile RunSettings run;
    private int generation;
    private int generations;
    private Trial trial;
    private int launching;
    private boolean started;
    private boolean stopping;
    private boolean wakePending;

    /** A launch that has to prove itself by a first worker before it replaces the one in force. */
    private record Trial(LaunchSettings launch, int generation) {}

    public Crew(
            CrewContext context,
            LaunchSettings launch,
            RunSettings run,
            StartPolicy policy,
            SlotListener slots,
            CrewListener listener) {
        this.context = context;
        this.launch = launch;
        this.run = run;
        this.policy = policy;
        this.slots = slots;
        this.listener = listener;
        this.starter = new Starter(context);
    }

    /** Starts the first workers. */
    public void start() {
        started = true;
        maintain();
    }

    /** Puts other limits in force. */
    public void apply(RunSettings settings) {
        run = settings;
        retireSurplus();
        maintain();
    }

    /**
     * Tries another launch: a first worker of it is started, and when it is ready it takes the place of the old ones, which
     * finish what they have. A trial under way is given up for the new one.
     */
    public void roll(LaunchSettings next) {
        cancelTrial();
        generations++;
        trial = new Trial(next, generations);
        start(next, generations);
    }

    /** Gives up a trial under way: the launch in force stays. */
    public void cancelTrial() {
        if (trial != null) {
            int given = trial.generation();
            trial = null;
            ofGeneration(given).forEach(worker -> worker.retire(END_GRACE));
        }
    }

    /**
     * Starts no more workers, and ends each one as soon as it has no request left.
     *
     * @return completes on the loop when all are gone
     */
    public CompletionStage<Void> stop() {
        stopping = true;
        trial = null;
        List.copyOf(workers).forEach(worker -> worker.retire(END_GRACE));
        completeStop();
        return stopped;
    }

    /** Kills all that is left, at once. */
    public void kill() {
        List.copyOf(workers).forEach(worker -> worker.kill("killed: the pool stops"));
    }

    /** Kills each worker that has been with a request for longer than that. */
    public void terminateOverdue(long timeoutNanos) {
        long now = context.opener().nowNanos();
        for (Worker worker : List.copyOf(workers)) {
            for (Slot slot : worker.slots()) {
                if (slot.isBusy() && slot.busyNanos(now) > timeoutNanos) {
                    terminate(worker, slot, slot.busyNanos(now));
                    break;
                }
            }
        }
    }

    /**
     * Replaces groups whose listening socket one of their scripts has made non-blocking: the socket is shared, so each
     * child of such a group ends as it accepts, and php-cgi starts the next without limit.
     */
    public void replaceTampered() {
        workers.stream()
                .filter(worker ->
                        worker.state() == WorkerState.READY && ListeningSocketFlags.isNonBlocking(worker.pid()))
                .toList()
                .forEach(worker -> {
                    LOG.warn(
                            "[pool {}] child {}: a script made its listening socket non-blocking, replacing it",
                            context.pool(),
                            worker.pid());
                    worker.retire(END_GRACE);
                });
    }

    /** Whether requests can't be served, now and for some time. */
    public boolean hasGivenUp() {
        return policy.hasGivenUp() && readyWorkers() == 0;
    }

    /** How many workers take requests. */
    public int readyWorkers() {
        return (int) workers.stream()
                .filter(worker -> worker.state() == WorkerState.READY)
                .count();
    }

    public List<WorkerSnapshot> snapshot() {
        return workers.stream().map(Worker::snapshot).toList();
    }

    // ---- how many

    private void maintain() {
        if (!started || stopping) {
            return;
        }
        int missing = run.maxChildren() - population();
        long delay = policy.delayNanos(context.opener().nowNanos());
        if (missing > 0 && delay > 0) {
            wakeAfter(delay);
        } else {
            for (int i = Math.min(missing, policy.startsAtOnce() - starting()); i > 0; i--) {
                start(launch, generation);
            }
        }
    }

    private void wakeAfter(long delayNanos) {
        if (!wakePending) {
            wakePending = true;
            context.loop()
                    .schedule(
                            () -> {
                                wakePending = false;
                                maintain();
                            },
                            delayNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    /** What counts towards pm.max_children: all of the launch in force, be they on their way in or out. */
    private int population() {
        return ofGeneration(generation).size() + launching;
    }

    private int starting() {
        return launching
                + (int) workers.stream()
                        .filter(worker -> worker.state() == WorkerState.STARTING)
                        .count();
    }

    private List<Worker> ofGeneration(int number) {
        return workers.stream().filter(worker -> worker.generation() == number).toList();
    }

    private void retireSurplus() {
        ofGeneration(generation).stream()
                .filter(worker -> worker.state() == WorkerState.READY || worker.state() == WorkerState.STARTING)
                .skip(run.maxChildren())
                .forEach(worker -> worker.retire(END_GRACE));
    }

    // ---- one worker's life

    private void start(LaunchSettings settings, int number) {
        launching++;
        WorkerOutput output = new WorkerOutput(context.pool(), () -> run.catchOutput());
        starter.start(
                settings,
                output,
                process -> onLaunched(process, settings, number, output),
                failure -> onLaunchFailed(failure, number));
    }

    private void onLaunched(WorkerProcess process, LaunchSettings settings, int number, WorkerOutput output) {
        launching--;
        Worker worker = new Worker(process, number, settings, output, context.opener(), this);
        workers.add(worker);
        process.exit().thenAccept(status -> context.loop().execute(() -> onExit(worker, status)));
        LOG.debug("[pool {}] child {} started", context.pool(), worker.pid());
        if (stopping || (number != generation && !isTrial(number))) {
            worker.retire(END_GRACE);
            return;
        }
        worker.start();
        context.loop().schedule(worker::assumeReady, PROBE_SECONDS, TimeUnit.SECONDS);
    }

    private void onLaunchFailed(LaunchException failure, int number) {
        launching--;
        if (isTrial(number)) {
            refuseTrial(failure.getMessage());
        } else {
            LOG.error("[pool {}] {}", context.pool(), failure.getMessage());
            onFailure(failure.getMessage());
        }
        completeStop();
        maintain();
    }

    private void onExit(Worker worker, ExitStatus status) {
        boolean asked = worker.state() == WorkerState.ENDING || worker.state() == WorkerState.RETIRING;
        boolean failed = !asked && worker.served() == 0;
        workers.remove(worker);
        String story = story(worker, status, failed);
        logExit(story, asked, status);
        worker.onExit(status);
        if (worker.isBusy()) {
            context.loop().schedule(() -> worker.shutAll("died"), LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        }
        if (isTrial(worker.generation())) {
            refuseTrial(story);
        } else if (failed) {
            onFailure(story);
        }
        completeStop();
        maintain();
    }

    private String story(Worker worker, ExitStatus status, boolean failed) {
        double seconds =
                Duration.between(worker.process().started(), Instant.now()).toNanos() / 1e9;
        String story =
                String.format(Locale.ROOT, "child %d %s after %.6f seconds from start", worker.pid(), status, seconds);
        String words = worker.lastLine();
        return failed && words != null ? story + "; its last output: \"" + words + "\"" : story;
    }

    private void logExit(String story, boolean asked, ExitStatus status) {
        if (asked) {
            LOG.debug("[pool {}] {}", context.pool(), story);
        } else if (status instanceof ExitStatus.Exited exited && exited.code() == 0) {
            LOG.info("[pool {}] {}", context.pool(), story);
        } else {
            LOG.warn("[pool {}] {}", context.pool(), story);
        }
    }

    private void onFailure(String reason) {
        policy.onFailure(context.opener().nowNanos());
        if (hasGivenUp()) {
            listener.onGivenUp(reason);
        }
    }

    private void terminate(Worker worker, Slot slot, long nanos) {
        String reason = String.format(Locale.ROOT, "execution timed out (%.2f sec)", nanos / 1e9);
        LOG.warn(
                "[pool {}] child {}, {} {}, terminating",
                context.pool(),
                worker.pid(),
                slot.occupant().describe(),
                reason);
        slot.timeOut(reason);
        worker.kill("was killed: another of its requests timed out");
    }

    private void completeStop() {
        if (stopping && workers.isEmpty() && launching == 0) {
            stopped.complete(null);
        }
    }

    // ---- from one launch to the next

    private boolean isTrial(int number) {
        return trial != null && trial.generation() == number;
    }

    private void refuseTrial(String reason) {
        trial = null;
        listener.onRefused(reason);
    }

    private void adoptTrial() {
        launch = trial.launch();
        generation = trial.generation();
        trial = null;
        policy.onSuccess();
        listener.onProven();
    }

    /** One new, one old less; when the new are all there, no old one stays. */
    private void retireOld() {
        boolean complete = ofGeneration(generation).stream()
                        .filter(worker -> worker.state() == WorkerState.READY)
                        .count()
                >= run.maxChildren();
        workers.stream()
                .filter(worker -> worker.generation() != generation
                        && !isTrial(worker.generation())
                        && worker.state().canBecome(WorkerState.RETIRING))
                .limit(complete ? Long.MAX_VALUE : 1)
                .toList()
                .forEach(worker -> worker.retire(END_GRACE));
    }

    // ---- from the workers

    @Override
    public void onReady(Worker worker) {
        boolean first = readyWorkers() == 1;
        if (isTrial(worker.generation())) {
            adoptTrial();
            maintain();
        }
        retireOld();
        if (first) {
            listener.onManned();
        }
    }

    @Override
    public void onBegun(Worker worker) {
        int limit = run.maxRequests();
        if (limit > 0 && worker.begun() >= limit) {
            worker.retire(END_GRACE);
        }
    }

    @Override
    public void onServed(Worker worker) {
        policy.onSuccess();
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
            if (worker.served() == 0) {
                onFailure("child " + worker.pid() + " " + reason);
            }
        }
    }
}
