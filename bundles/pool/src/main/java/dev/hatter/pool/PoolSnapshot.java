// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool;

import java.time.Instant;
import java.util.List;

/**
 * The numbers of a pool at one moment, under the names of php-fpm's status page where it has one.
 *
 * @param name the pool
 * @param state what it is doing
 * @param refused why its newest configuration is not the one in force; null when it is
 * @param listen the address it listens on; null while it doesn't listen
 * @param processManager {@code pm}; null while it doesn't listen
 * @param startTime when it began to listen; null while it doesn't
 * @param connections front connections that are open now
 * @param acceptedConnections front connections since the start
 * @param requests requests since the start
 * @param failedRequests requests that a worker broke off or never answered (502, 504)
 * @param rejectedRequests requests that found no place or no working pool (503)
 * @param listenQueue requests that wait for a worker
 * @param maxListenQueue the most that ever waited
 * @param listenQueueLength how many may wait
 * @param activeRequests requests that are in a worker now
 * @param maxActiveRequests the most that ever were
 * @param maxChildrenReached how often all the workers there may be were busy while requests waited
 * @param workers the processes
 */
public record PoolSnapshot(
        String name,
        PoolState state,
        String refused,
        String listen,
        String processManager,
        Instant startTime,
        int connections,
        long acceptedConnections,
        long requests,
        long failedRequests,
        long rejectedRequests,
        int listenQueue,
        int maxListenQueue,
        int listenQueueLength,
        int activeRequests,
        int maxActiveRequests,
        long maxChildrenReached,
        List<WorkerSnapshot> workers) {
    public PoolSnapshot {
        workers = List.copyOf(workers);
    }

    /**
     * The snapshot of a pool that doesn't listen.
     *
     * @param reason why it was refused; null while it starts
     */
    public static PoolSnapshot notListening(String name, String reason) {
        PoolState state = reason == null ? PoolState.STARTING : PoolState.REFUSED;
        return new PoolSnapshot(name, state, reason, null, null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }
}
