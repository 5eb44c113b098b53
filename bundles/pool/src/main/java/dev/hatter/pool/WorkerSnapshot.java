// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool;

import java.time.Instant;

/**
 * One worker process at one moment.
 *
 * @param pid its process id
 * @param state STARTING, READY, RETIRING or ENDING
 * @param startTime when it was launched
 * @param requests how many it has been given
 * @param active how many it has now
 * @param places how many it can have at once ({@code worker.concurrency})
 * @param label what confines it, as read from the kernel; null while it isn't known, and where it isn't confined
 */
public record WorkerSnapshot(
        long pid, String state, Instant startTime, long requests, int active, int places, String label) {}
