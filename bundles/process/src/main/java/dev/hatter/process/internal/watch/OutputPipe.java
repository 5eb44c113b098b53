// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.Pipe;
import dev.hatter.process.internal.os.ReadBuffer;
import dev.hatter.process.internal.os.SystemCallException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end we read of one pipe of a process. On the watcher's thread. */
final class OutputPipe {
    /** What is read at most at the end, a full pipe's worth: some escaped grandchild may go on writing. */
    private static final int DRAIN_LIMIT = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(OutputPipe.class);

    private final Watcher watcher;
    private final ReadBuffer buffer;
    private final Descriptor descriptor;
    private final LineSplitter lines;
    private long key;
    private boolean watched;
    private boolean open = true;

    OutputPipe(Watcher watcher, ReadBuffer buffer, Descriptor descriptor, Consumer<String> sink) {
        this.watcher = watcher;
        this.buffer = buffer;
        this.descriptor = descriptor;
        this.lines = new LineSplitter(sink);
    }

    void watch(Runnable onReadable) throws SystemCallException {
        if (open && !watched) {
            key = watcher.add(descriptor, onReadable);
            watched = true;
        }
    }

    void unwatch() {
        if (watched) {
            watcher.remove(descriptor, key);
            watched = false;
        }
    }

    /** Reads once; false when there was nothing, or never will be again. */
    boolean read(OutputBudget budget) {
        int count = readOrEnd();
        if (count > 0) {
            budget.spend(count, lines.accept(buffer.bytes(), count));
            return true;
        }
        if (count == 0) {
            close();
        }
        return false;
    }

    private int readOrEnd() {
        try {
            return open ? buffer.fill(descriptor) : Pipe.NOTHING;
        } catch (SystemCallException e) {
            LOG.warn("output is no longer read: {}", e.getMessage());
            return 0;
        }
    }

    /** Reads what is there, to a limit, and closes. */
    void finish(OutputBudget budget) {
        int limit = DRAIN_LIMIT / ReadBuffer.SIZE;
        for (int reads = 0; reads < limit && read(budget); reads++) {
            // read has done it
        }
        close();
    }

    private void close() {
        if (open) {
            open = false;
            unwatch();
            descriptor.close();
            lines.finish();
        }
    }
}
