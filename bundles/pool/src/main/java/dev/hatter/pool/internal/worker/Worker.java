// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.process.ExitStatus;
import dev.hatter.process.Signal;
import dev.hatter.process.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A worker process with its slots, from launch to end. Lives on the pool's event loop. */
public final class Worker {
    /** What a worker tells the crew it belongs to. */
    interface Listener {
        /** It is there; it takes requests once it is told to be ready. */
        void onUp(Worker worker);

        void onReady(Worker worker);

        /** It was given a request. */
        void onBegun(Worker worker);

        /** Whether a worker is to show that it is done with a request before it gets the next. */
        boolean tracksFinished();

        /** It finished a request. */
        void onServed(Worker worker);

        void onIdle(Slot slot);

        void onWithdrawn(Slot slot);

        /** It can't be used any more and has to be ended; reason for the log. */
        void onUnusable(Worker worker, String reason);
    }

    private static final double SPREAD = 0.1;

    private final double luck = ThreadLocalRandom.current().nextDouble();
    private final WorkerProcess process;
    private final int generation;
    private final boolean phpCgi;
    private final boolean confined;
    private final WorkerOutput output;
    private final LinkOpener opener;
    private final Listener listener;
    private final List<Slot> slots = new ArrayList<>();
    private WorkerState state = WorkerState.STARTING;
    private Duration grace = Duration.ZERO;
    private boolean up;
    private String label;
    private boolean answers;
    private long begun;
    private long served;
    private long idleSinceNanos;
    private ExitStatus exit;

    Worker(
            WorkerProcess process,
            int generation,
            LaunchSettings launch,
            WorkerOutput output,
            LinkOpener opener,
            Listener listener) {
        this.process = process;
        this.generation = generation;
        this.phpCgi = launch.phpCgi();
        this.confined = launch.hat() != null;
        this.output = output;
        this.opener = opener;
        this.listener = listener;
        for (int i = 0; i < launch.concurrency(); i++) {
            slots.add(new Slot(this, opener, output.requestLines(process)));
        }
    }

    public long pid() {
        return process.pid();
    }

    WorkerProcess process() {
        return process;
    }

    int generation() {
        return generation;
    }

    WorkerState state() {
        return state;
    }

    List<Slot> slots() {
        return slots;
    }

    /** The last line it wrote to its output; null when it wrote none. */
    String lastLine() {
        return output.lastLine();
    }

    /** How many requests it has been given. */
    long begun() {
        return begun;
    }

    /** How many requests it has finished. */
    long served() {
        return served;
    }

    boolean isBusy() {
        return active() > 0;
    }

    int active() {
        int active = 0;
        for (Slot slot : slots) {
            if (slot.isBusy()) {
                active++;
            }
        }
        return active;
    }

    /** How many of so many requests this one takes: up to a tenth less, so that not all retire at the same time. */
    int shareOf(int maxRequests) {
        return maxRequests - (int) (maxRequests * SPREAD * luck);
    }

    int places() {
        return slots.size();
    }

    /** Since when it has had no request; {@link System#nanoTime()}. */
    long idleSinceNanos() {
        return idleSinceNanos;
    }

    WorkerSnapshot snapshot() {
        return new WorkerSnapshot(pid(), state.name(), process.started(), begun, active(), slots.size(), label);
    }

    /** Asks for a first sign of life. */
    void start() {
        slots.get(0).probe();
    }

    /** Takes it as ready though it hasn't answered: not every program knows FCGI_GET_VALUES. */
    void assumeReady() {
        if (state == WorkerState.STARTING && !up) {
            slots.get(0).reset();
            comeUp();
        }
    }

    /** Whether it must not run but confined. */
    boolean isConfined() {
        return confined;
    }

    /** What it was found to wear. */
    void setLabel(String worn) {
        label = worn;
    }

    /** It may take requests from now on. Does nothing when it is on its way out already. */
    void becomeReady() {
        if (state == WorkerState.STARTING) {
            state = WorkerState.READY;
            listener.onReady(this);
            slots.forEach(Slot::becomeIdle);
        }
    }

    /**
     * Gets no more requests, and ends as soon as it has none.
     *
     * @param endGrace how long it may take to end, once asked
     */
    void retire(Duration endGrace) {
        if (state.canBecome(WorkerState.RETIRING)) {
            state = WorkerState.RETIRING;
            grace = endGrace;
            slots.stream().filter(slot -> !slot.isBusy()).forEach(slot -> slot.shut("retired"));
            endWhenIdle();
        }
    }

    /** Kills it with its whole group, now; its requests are lost. */
    void kill(String reason) {
        if (state.canBecome(WorkerState.ENDING)) {
            state = WorkerState.ENDING;
            shutAll(reason);
        }
        process.signalGroup(Signal.KILL);
    }

    /** Its process has ended. What it had answered before may still be on its way and is read to the end. */
    void onExit(ExitStatus status) {
        state = WorkerState.GONE;
        exit = status;
        slots.forEach(this::onLeaving);
        slots.stream().filter(slot -> !slot.isBusy()).forEach(slot -> slot.shut("ended"));
    }

    /** Closes what a dead worker left open. */
    void shutAll(String reason) {
        slots.forEach(slot -> slot.shut("worker " + pid() + " " + reason));
    }

    /** Its connections are closed before it is asked to end: php-cgi heeds TERM only then. */
    private void endWhenIdle() {
        if (state == WorkerState.RETIRING && !isBusy()) {
            state = WorkerState.ENDING;
            shutAll("retired");
            process.end(grace);
        }
    }

    // ---- from the slots

    void onBegin() {
        begun++;
        listener.onBegun(this);
    }

    void onServed() {
        served++;
        listener.onServed(this);
    }

    void onSlotIdle(Slot slot) {
        if (state == WorkerState.READY) {
            idleSinceNanos = opener.nowNanos();
            listener.onIdle(slot);
        } else {
            slot.shut("retired");
            endWhenIdle();
        }
    }

    void onSlotWithdrawn(Slot slot) {
        listener.onWithdrawn(slot);
    }

    /** Whether it reads all of a request, also what it has no use for. */
    boolean readsToTheEnd() {
        return phpCgi;
    }

    /**
     * Whether each request may have another id. Most web servers send 1 alone, so not every program needs to bear others;
     * php-cgi does, and its scripts can make processes that share its connection.
     */
    boolean takesAnyId() {
        return phpCgi;
    }

    /**
     * It sent what belongs to no request, or to none that is under way, as a process does that shares its connection: whose
     * answer comes next isn't known, so it is ended with all of its group.
     *
     * @return false for one that is being started: a program may answer a question it doesn't know as it likes
     */
    boolean onRubbish(FastCgiException what) {
        if (state == WorkerState.STARTING) {
            return false;
        }
        listener.onUnusable(this, "can't be trusted with a request: " + what.getMessage());
        return true;
    }

    /** Whether it has ever answered FCGI_GET_VALUES. */
    boolean answers() {
        return answers;
    }

    /**
     * Whether it can be asked if it is done with a request whose connection is closed: it answers, and it is a single
     * process. In a group a child that is idle answers for one that is not.
     */
    public boolean canBeAsked() {
        return answers && slots.size() == 1;
    }

    /** It knows FCGI_GET_VALUES. */
    void onAnswered() {
        answers = true;
    }

    /** A request was given up; the worker may be with it for a while yet, and can be asked only if it answers. */
    void onAbandoned(Slot slot) {
        if (state != WorkerState.READY) {
            onSlotIdle(slot);
        } else if (answers) {
            slot.linger();
        } else {
            slot.becomeIdle();
        }
    }

    /** A request has its whole answer; the program may do more for it. */
    void onFinished(Slot slot) {
        if (state == WorkerState.READY && answers && listener.tracksFinished()) {
            slot.linger();
        } else {
            slot.becomeIdle();
        }
    }

    void onSignOfLife(Slot slot) {
        if (state == WorkerState.STARTING) {
            comeUp();
        } else {
            slot.becomeIdle();
        }
    }

    /** A program that closes the connection over FCGI_GET_VALUES has at least accepted it. */
    void onProbeClosed(Slot slot, boolean refused) {
        if (refused) {
            listener.onUnusable(this, "doesn't listen on its socket");
        } else {
            onSignOfLife(slot);
        }
    }

    /**
     * Whether the program ends by itself only between two requests, so that one it was sent but did not answer was never
     * seen. php-cgi does: what a script does can end it by a signal, but not by exit(2).
     */
    boolean endsBetweenRequestsOnly() {
        return phpCgi;
    }

    /** A connection broke before any answer: once it is known how the process ended, it is known what that means. */
    void onLeaving(Slot slot) {
        if (exit != null) {
            Loss loss = exit instanceof ExitStatus.Exited ? Loss.LIKELY_UNTOUCHED : Loss.BROKEN;
            slot.leave(loss, "worker " + pid() + " " + exit);
        }
    }

    /** The connection broke while a request was in it. */
    void onBroken(Slot slot, boolean refused) {
        if (refused) {
            listener.onUnusable(this, "doesn't listen on its socket");
        } else if (state != WorkerState.READY) {
            onSlotIdle(slot);
        } else if (answers) {
            slot.linger();
        } else {
            slot.assumeIdleSoon();
        }
    }

    private void comeUp() {
        up = true;
        listener.onUp(this);
    }
}
