// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/** Decides how many workers a pool has ({@code pm}). Decides from a census alone; lives on the pool's event loop. */
public interface ProcessManager {
    /** How many workers to start with. */
    int initial();

    /** Something has happened: a request has to wait, or a worker has ended. */
    Decision onEvent(Census census);

    /** A second has passed. */
    Decision onHeartbeat(Census census);
}
