// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.process.OutputListener;
import dev.hatter.process.WorkerProcess;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one worker writes to its descriptors 1 and 2: to the log with {@code catch_workers_output}, its last line kept. */
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
            LOG.warn(
                    "[pool {}] child {} said into {}: \"{}\"",
                    pool,
                    process.pid(),
                    stream.name().toLowerCase(Locale.ROOT),
                    line);
        }
    }

    /** The last line it wrote, for the message about its death; null when it wrote none. */
    String lastLine() {
        return lastLine;
    }
}
