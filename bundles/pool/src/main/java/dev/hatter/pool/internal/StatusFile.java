// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.util.concurrent.Executor;

/** What one pool, from its start to its end, says of itself for {@code bin/hatter status}. May be used from any thread. */
final class StatusFile {
    private final StatusFiles files;
    private final String pool;
    private final Executor blocking;

    StatusFile(StatusFiles files, String pool, Executor blocking) {
        this.files = files;
        this.pool = pool;
        this.blocking = blocking;
    }

    /** Writes that line, soon. Who was there before with the same name can't write or remove anything any more. */
    void write(String line) {
        files.claim(pool, blocking);
        blocking.execute(() -> files.write(pool, blocking, line));
    }

    /** Removes the line, soon, unless another has taken over. */
    void remove() {
        blocking.execute(() -> files.remove(pool, blocking));
    }
}
