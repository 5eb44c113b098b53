// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes to standard error, a line at a time; keeps working when the log manager closes handlers at the JVM's end. */
final class ErrorStreamHandler extends StreamHandler {
    ErrorStreamHandler() {
        setOutputStream(System.err);
    }

    @Override
    public synchronized void publish(LogRecord event) {
        super.publish(event);
        flush();
    }

    @Override
    public synchronized void close() {
        flush();
    }
}
