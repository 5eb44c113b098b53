// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** Hears what a process writes to its standard output and error. Calls come on the watcher's thread: be quick. */
@FunctionalInterface
public interface OutputListener {
    /** Which descriptor it was written to. */
    enum Stream {
        STDOUT,
        STDERR
    }

    /**
     * A line, without its end, decoded as UTF-8 with replacement, control characters replaced; over the length limit it
     * comes in pieces.
     */
    void onLine(WorkerProcess process, Stream stream, String line);
}
