// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.util.logging.LogManager;

/** A log manager that doesn't take the log away at the JVM's end, when the pools' last words are due. */
public final class LastingLogManager extends LogManager {
    @Override
    public void reset() {
        // the shutdown hook of java.util.logging calls this while Hatter's own still logs
    }
}
