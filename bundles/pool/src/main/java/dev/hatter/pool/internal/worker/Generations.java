// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.worker.Recruiter.Post;

/**
 * From one launch to the next: the workers of one are a generation. There is the one in force and, while new settings are
 * tried, one on trial; the workers of all others are on their way out. Lives on the pool's event loop.
 */
final class Generations {
    private int current;
    private int newest;
    private Post trial;

    /** The one in force. */
    int current() {
        return current;
    }

    /** Puts one on trial, with those settings. */
    Post propose(PoolSettings settings) {
        newest++;
        trial = new Post(settings, newest);
        return trial;
    }

    boolean isTrial(int generation) {
        return trial != null && trial.generation() == generation;
    }

    /** Whether workers of that one are to stay. */
    boolean isWanted(int generation) {
        return generation == current || isTrial(generation);
    }

    boolean hasTrial() {
        return trial != null;
    }

    /** Ends the trial in vain; says which one it was. */
    int dropTrial() {
        int dropped = trial.generation();
        trial = null;
        return dropped;
    }

    /** The one on trial is in force now. */
    void adoptTrial() {
        current = dropTrial();
    }

    /** A new one is in force, untried. */
    void renew() {
        newest++;
        current = newest;
    }
}
