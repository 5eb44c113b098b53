// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import dev.hatter.process.OutputListener;
import dev.hatter.process.OutputListener.Stream;
import dev.hatter.process.WorkerProcess;
import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.ReadBuffer;
import dev.hatter.process.internal.os.SystemCallException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process writes to 1 and 2. On the watcher's thread once begun. */
public final class WorkerOutput {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerOutput.class);

    private final Watcher watcher;
    private final List<OutputPipe> pipes;
    private final OutputBudget budget = new OutputBudget(System.nanoTime());
    private boolean paused;
    private boolean finished;

    /** Takes over the descriptors; they are closed at the end of the output, or by {@link #finish}. */
    public WorkerOutput(
            Watcher watcher,
            ReadBuffer buffer,
            Descriptor out,
            Descriptor err,
            WorkerProcess process,
            OutputListener listener) {
        this.watcher = watcher;
        this.pipes = List.of(
                new OutputPipe(watcher, buffer, out, sink(process, Stream.STDOUT, listener)),
                new OutputPipe(watcher, buffer, err, sink(process, Stream.STDERR, listener)));
    }

    private static Consumer<String> sink(WorkerProcess process, Stream stream, OutputListener listener) {
        return line -> {
            try {
                listener.onLine(process, stream, line);
            } catch (RuntimeException e) {
                LOG.error("a listener failed on a line of child {}", process.pid(), e);
            }
        };
    }

    /** Starts, or goes on, reading. */
    public void resume() throws SystemCallException {
        paused = false;
        for (OutputPipe pipe : pipes) {
            pipe.watch(() -> onReadable(pipe));
        }
    }

    private void onReadable(OutputPipe pipe) {
        pipe.read(budget);
        long now = System.nanoTime();
        if (!paused && budget.isExhausted(now)) {
            pause(now);
        }
    }

    /** Leaves the pipes unread till the next period: they fill up, and the process waits. */
    private void pause(long now) {
        paused = true;
        pipes.forEach(OutputPipe::unwatch);
        watcher.after(budget.untilNextPeriod(now), this::resumeUnlessFinished);
    }

    private void resumeUnlessFinished() {
        if (finished) {
            return;
        }
        try {
            resume();
        } catch (SystemCallException e) {
            LOG.warn("output is no longer read: {}", e.getMessage());
            finish();
        }
    }

    /** Hands over what is there, waiting for nothing, and closes the pipes. */
    public void finish() {
        finished = true;
        pipes.forEach(pipe -> pipe.finish(budget));
    }
}
