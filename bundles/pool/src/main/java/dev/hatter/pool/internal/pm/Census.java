// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/**
 * A pool at one moment, as its process manager sees it. Children are php-fpm's: a worker counts as
 * {@code worker.concurrency} of them.
 *
 * @param places children for each worker
 * @param present workers there are, be they on their way in or out
 * @param starting workers of these that are not ready yet
 * @param idle children that could take a request now
 * @param waiting requests that wait for one
 * @param expired workers without a request for longer than {@code pm.process_idle_timeout}
 */
public record Census(int places, int present, int starting, int idle, int waiting, int expired) {
    /** How many workers it takes to have that many children more. */
    int workersFor(int children) {
        return children <= 0 ? 0 : (children + places - 1) / places;
    }

    /** How many workers have to be started so that no request waits that needn't. */
    int missingForWaiting() {
        return Math.max(0, workersFor(waiting) - starting);
    }
}
