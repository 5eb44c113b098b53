// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.ExitStatus;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.SystemCallException;
import dev.hatter.process.internal.watch.Watcher;
import dev.hatter.process.internal.watch.WorkerOutput;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one process until it has ended, and clears up after it. On the watcher's thread. */
final class Supervision {
    /** How often a process is asked for where no descriptor tells of its exit. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private final Watcher watcher;
    private final Children children;
    private final ManagedProcess process;
    private final WorkerOutput output;
    private final Optional<Descriptor> pidfd;
    private final Runnable afterwards;
    private long key;

    /**
     * @param pidfd tells of the exit; closed then
     * @param afterwards called when the process is gone, before its exit is told
     */
    Supervision(
            Watcher watcher,
            Children children,
            ManagedProcess process,
            WorkerOutput output,
            Optional<Descriptor> pidfd,
            Runnable afterwards) {
        this.watcher = watcher;
        this.children = children;
        this.process = process;
        this.output = output;
        this.pidfd = pidfd;
        this.afterwards = afterwards;
    }

    void begin() {
        try {
            output.resume();
        } catch (SystemCallException e) {
            LOG.warn("the output of {} isn't read: {}", process, e.getMessage());
        }
        if (pidfd.isEmpty() || !watch(pidfd.get())) {
            watcher.after(POLL_INTERVAL, this::poll);
        }
    }

    private boolean watch(Descriptor descriptor) {
        try {
            key = watcher.add(descriptor, this::onExit);
            return true;
        } catch (SystemCallException e) {
            LOG.warn("{} is asked for every {} ms: {}", process, POLL_INTERVAL.toMillis(), e.getMessage());
            descriptor.close();
            return false;
        }
    }

    private void poll() {
        if (children.hasExited((int) process.pid())) {
            finish();
        } else {
            watcher.after(POLL_INTERVAL, this::poll);
        }
    }

    private void onExit() {
        watcher.remove(pidfd.get(), key);
        pidfd.get().close();
        finish();
    }

    private void finish() {
        ExitStatus status = process.reap();
        try {
            output.finish();
            afterwards.run();
        } finally {
            process.complete(status);
        }
    }
}
