// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.LaunchSpec;
import dev.hatter.process.internal.launch.LaunchPlan;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.ListeningSocket;
import dev.hatter.process.internal.os.Native;
import dev.hatter.process.internal.os.Pipe;
import dev.hatter.process.internal.os.ReadBuffer;
import dev.hatter.process.internal.os.Spawn;
import dev.hatter.process.internal.registry.Registration;
import dev.hatter.process.internal.registry.RunDirectory;
import dev.hatter.process.internal.watch.Watcher;
import dev.hatter.process.internal.watch.WorkerOutput;
import java.io.IOException;
import java.util.Optional;

/** Starts one process with all that belongs to it, or leaves nothing behind. */
final class Starter {
    private final Native os;
    private final Children children;
    private final Watcher watcher;
    private final Spawner spawner;
    private final RunDirectory runDirectory;
    private final ReadBuffer buffer;

    Starter(Native os, Children children, Watcher watcher, Spawner spawner, RunDirectory runDirectory) {
        this.os = os;
        this.children = children;
        this.watcher = watcher;
        this.spawner = spawner;
        this.runDirectory = runDirectory;
        this.buffer = new ReadBuffer(os);
    }

    ManagedProcess start(LaunchSpec spec, LaunchPlan plan) throws IOException {
        try (Undo undo = new Undo()) {
            Registration registration = runDirectory.register();
            undo.add(registration::remove);
            Pipe out = pipe(undo);
            Pipe err = pipe(undo);
            int pid = spawn(spec, plan, registration, out, err);
            undo.add(() -> children.destroy(pid));
            registration.complete(pid);
            Fitting.await(spec.enclosure(), pid, children, Fitting.PATIENCE);
            Optional<Descriptor> pidfd = children.watch(pid);
            ManagedProcess process =
                    new ManagedProcess(children, watcher, pid, registration.socket(), spec.enclosure());
            WorkerOutput output =
                    new WorkerOutput(watcher, buffer, out.readEnd(), err.readEnd(), process, spec.output());
            undo.forget();
            Runnable afterwards = registration::remove;
            watcher.execute(new Supervision(watcher, children, process, output, pidfd, afterwards)::begin);
            return process;
        }
    }

    private Pipe pipe(Undo undo) throws IOException {
        Pipe pipe = Pipe.open(os);
        undo.add(pipe::close);
        return pipe;
    }

    /** Our copies of what the process has are closed whatever happens. */
    private int spawn(LaunchSpec spec, LaunchPlan plan, Registration registration, Pipe out, Pipe err)
            throws IOException {
        try (Descriptor outEnd = out.writeEnd();
                Descriptor errEnd = err.writeEnd();
                Descriptor listening = ListeningSocket.listen(os, registration.socket(), spec.backlog())) {
            registration.announce(spec.name(), plan.program(), ListeningSocket.mark(listening));
            return spawner.start(plan, new Spawn.Standard(listening, outEnd, errEnd));
        }
    }
}
