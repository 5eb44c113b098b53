// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.ConfinementException;
import dev.hatter.process.Enclosure;
import dev.hatter.process.ExitStatus;
import dev.hatter.process.Signal;
import dev.hatter.process.WorkerProcess;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.watch.Watcher;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A process of ours. Signals and reaping exclude each other, so that no signal ever goes to a recycled id. */
final class ManagedProcess implements WorkerProcess {
    private final Children children;
    private final Watcher watcher;
    private final int pid;
    private final Path socket;
    private final Enclosure enclosure;
    private final Instant started = Instant.now();
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private boolean reaped;

    /** @param enclosure where it was put; null when it isn't confined */
    ManagedProcess(Children children, Watcher watcher, int pid, Path socket, Enclosure enclosure) {
        this.children = children;
        this.watcher = watcher;
        this.pid = pid;
        this.socket = socket;
        this.enclosure = enclosure;
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public synchronized boolean isAlive() {
        return !reaped;
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return exit.minimalCompletionStage();
    }

    @Override
    public String verifyConfinement() throws ConfinementException {
        if (enclosure == null) {
            return null;
        }
        for (long twin : Twins.of(pid)) {
            verify(twin);
        }
        return verify(pid);
    }

    private String verify(long member) throws ConfinementException {
        return enclosure
                .verify(member)
                .orElseThrow(() -> new ConfinementException("isn't confined: it wears what Hatter wears"));
    }

    @Override
    public synchronized void signal(int signal) {
        if (!reaped) {
            children.signal(pid, signal);
        }
    }

    @Override
    public synchronized void signalGroup(int signal) {
        if (!reaped) {
            children.signalGroup(pid, signal);
        }
    }

    @Override
    public void end(Duration grace) {
        signalGroup(Signal.TERM);
        watcher.after(grace, () -> signalGroup(Signal.KILL));
    }

    /** Once the process has exited: kills what is left of its group as long as the zombie keeps the id, then reaps it. */
    synchronized ExitStatus reap() {
        children.signalGroup(pid, Signal.KILL);
        reaped = true;
        return children.reap(pid);
    }

    void complete(ExitStatus status) {
        exit.complete(status);
    }

    @Override
    public String toString() {
        return "child " + pid;
    }
}
