// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.CloseableLauncher;
import dev.hatter.process.LaunchException;
import dev.hatter.process.LaunchFault;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.UserEntry;
import dev.hatter.process.WorkerProcess;
import dev.hatter.process.internal.launch.Faults;
import dev.hatter.process.internal.launch.LaunchPlan;
import dev.hatter.process.internal.launch.Planner;
import dev.hatter.process.internal.launch.SearchPath;
import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.Native;
import dev.hatter.process.internal.registry.Leftovers;
import dev.hatter.process.internal.registry.RunDirectory;
import dev.hatter.process.internal.watch.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The launcher: checks and starts processes, and ends them when it is closed. */
public final class ProcessLauncher implements CloseableLauncher {
    private final RunDirectory runDirectory;
    private final Accounts accounts;
    private final Planner planner;
    private final Watcher watcher;
    private final Spawner spawner;
    private final Starter starter;
    private final LiveProcesses processes = new LiveProcesses();

    // launches share it; closing excludes them
    private final ReadWriteLock gate = new ReentrantReadWriteLock();
    private boolean closed;

    ProcessLauncher(Native os, Children children, RunDirectory runDirectory) throws IOException {
        this.runDirectory = runDirectory;
        this.accounts = new Accounts(os);
        this.planner = new Planner(os, SearchPath.ofEnvironment());
        this.watcher = Watcher.start(os);
        this.spawner = new Spawner(os);
        this.starter = new Starter(os, children, watcher, spawner, runDirectory);
    }

    /** See {@link dev.hatter.process.Launchers#open}. */
    public static ProcessLauncher open(Path run) throws IOException {
        Native os = Native.load();
        return open(os, new Children(os), run);
    }

    static ProcessLauncher open(Native os, Children children, Path run) throws IOException {
        Descriptor.occupyStandard(os);
        children.keepExitStatus();
        RunDirectory runDirectory = RunDirectory.open(os, run, new Accounts(os).ownUid());
        try {
            new Leftovers(runDirectory, children).end();
            return new ProcessLauncher(os, children, runDirectory);
        } catch (IOException | RuntimeException e) {
            runDirectory.close();
            throw e;
        }
    }

    @Override
    public List<LaunchFault> check(LaunchSpec spec) {
        Faults faults = new Faults();
        planner.plan(spec, faults);
        return faults.all();
    }

    @Override
    public Optional<UserEntry> user(String name) throws IOException {
        return accounts.user(name);
    }

    @Override
    public WorkerProcess launch(LaunchSpec spec) throws LaunchException {
        Faults faults = new Faults();
        Optional<LaunchPlan> plan = planner.plan(spec, faults);
        if (plan.isEmpty()) {
            throw new LaunchException(faults.toString());
        }
        gate.readLock().lock();
        try {
            return launch(spec, plan.get());
        } catch (IOException e) {
            throw new LaunchException(
                    "program \"" + plan.get().program() + "\" can't be started: " + e.getMessage() + Remedy.of(e), e);
        } finally {
            gate.readLock().unlock();
        }
    }

    private WorkerProcess launch(LaunchSpec spec, LaunchPlan plan) throws IOException, LaunchException {
        if (closed) {
            throw new LaunchException("program \"" + plan.program() + "\" isn't started: the launcher is closed");
        }
        ManagedProcess process = starter.start(spec, plan);
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        gate.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            gate.writeLock().unlock();
        }
        processes.endAll();
        watcher.close();
        spawner.close();
        runDirectory.close();
    }
}
