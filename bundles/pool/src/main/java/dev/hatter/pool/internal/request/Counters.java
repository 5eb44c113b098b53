// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

/** What happened to a pool's requests so far. Lives on the pool's event loop. */
public final class Counters {
    private long requests;
    private long failed;
    private long rejected;
    private int active;
    private int maxActive;
    private int maxQueue;
    private int left;

    void onRequest() {
        requests++;
    }

    void onFailed() {
        failed++;
    }

    void onRejected() {
        rejected++;
    }

    void onBegin() {
        active++;
        maxActive = Math.max(maxActive, active);
    }

    void onDone() {
        active--;
    }

    void onQueued(int length) {
        maxQueue = Math.max(maxQueue, length);
    }

    /** How many requests are under way whose clients left while they waited. */
    int left() {
        return left;
    }

    /** The client of a request that waits has left, and the request is to run all the same. */
    void onLeft() {
        left++;
    }

    /** Such a request is over. */
    void onLeftDone() {
        left--;
    }

    public long requests() {
        return requests;
    }

    public long failed() {
        return failed;
    }

    public long rejected() {
        return rejected;
    }

    public int active() {
        return active;
    }

    public int maxActive() {
        return maxActive;
    }

    public int maxQueue() {
        return maxQueue;
    }
}
