// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.request.Dispatcher;
import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.process.ExitStatus;
import dev.hatter.process.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fake: a worker of which there is only the connection. */
public final class MemoryWorker implements WorkerProcess, Worker.Listener {
    private final Path socket;
    private final Dispatcher dispatcher;

    private MemoryWorker(Path socket, Dispatcher dispatcher) {
        this.socket = socket;
        this.dispatcher = dispatcher;
    }

    /** Offers the slots of a worker that listens there; on the loop. */
    public static void start(Path socket, LaunchSettings launch, LinkOpener opener, Dispatcher dispatcher) {
        MemoryWorker process = new MemoryWorker(socket, dispatcher);
        WorkerOutput output = new WorkerOutput("benchmark", () -> false);
        new Worker(process, 1, launch, output, opener, process).assumeReady();
    }

    @Override
    public void onUp(Worker worker) {
        worker.becomeReady();
    }

    @Override
    public void onReady(Worker worker) {}

    @Override
    public void onBegun(Worker worker) {}

    @Override
    public boolean tracksFinished() {
        return false;
    }

    @Override
    public void onServed(Worker worker) {}

    @Override
    public void onIdle(Slot slot) {
        dispatcher.onIdle(slot);
    }

    @Override
    public void onWithdrawn(Slot slot) {
        dispatcher.onWithdrawn(slot);
    }

    @Override
    public void onUnusable(Worker worker, String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public long pid() {
        return 0;
    }

    @Override
    public Instant started() {
        return Instant.EPOCH;
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public CompletionStage<ExitStatus> exit() {
        return new CompletableFuture<>();
    }

    @Override
    public String verifyConfinement() {
        return null;
    }

    @Override
    public void signal(int signal) {}

    @Override
    public void signalGroup(int signal) {}

    @Override
    public void end(Duration grace) {}
}
