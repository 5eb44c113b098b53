// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.fastcgi.transport.LinkListener;
import dev.hatter.fastcgi.transport.WorkerLink;
import java.nio.file.Path;

/** Connects to workers, on the pool's event loop. */
public interface LinkOpener {
    WorkerLink open(Path socket, LinkListener listener);

    /** {@link System#nanoTime()}, or a test's. */
    long nowNanos();

    /** Runs that on the loop, after that time. */
    void later(Runnable task, long delayMillis);
}
