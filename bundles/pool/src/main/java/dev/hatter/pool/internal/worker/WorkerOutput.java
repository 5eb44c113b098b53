// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.process.OutputListener;
import dev.hatter.process.WorkerProcess;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one worker writes to its descriptors 1 and 2, and what its requests send as FCGI_STDERR: to the log with
 * {@code catch_workers_output}; its last line is kept.
 */
final class WorkerOutput implements OutputListener {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerOutput.class);

    private final String pool;
    private final BooleanSupplier caught;
    private volatile String lastLine;

    WorkerOutput(String pool, BooleanSupplier caught) {
        this.pool = pool;
        this.caught = caught;
    }

    @Override
    public void onLine(WorkerProcess process, Stream stream, String line) {
        if (!line.isBlank()) {
            lastLine = line;
        }
        if (caught.getAsBoolean()) {
            write(process.pid(), stream.name().toLowerCase(Locale.ROOT), line);
        }
    }

    /** The lines of one of that worker's places. */
    StderrLines requestLines(WorkerProcess process) {
        return new StderrLines(caught, System::nanoTime, line -> write(process.pid(), "stderr", line));
    }

    private void write(long pid, String stream, String line) {
        LOG.warn("[pool {}] child {} said into {}: \"{}\"", pool, pid, stream, line);
    }

    /** The last line it wrote, for the message about its death; null when it wrote none. */
    String lastLine() {
        return lastLine;
    }
}
