// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.util.EnumSet;
import java.util.Set;

/** The life of a worker. */
enum WorkerState {
    /** Launched; has not shown yet that it accepts connections. */
    STARTING,
    /** Takes requests. */
    READY,
    /** Gets no more requests; finishes those it has. */
    RETIRING,
    /** Has been asked to end, or has been killed. */
    ENDING,
    /** Has ended. */
    GONE;

    private Set<WorkerState> next() {
        return switch (this) {
            case STARTING -> EnumSet.of(READY, RETIRING, ENDING, GONE);
            case READY -> EnumSet.of(RETIRING, ENDING, GONE);
            case RETIRING -> EnumSet.of(ENDING, GONE);
            case ENDING -> EnumSet.of(GONE);
            case GONE -> EnumSet.noneOf(WorkerState.class);
        };
    }

    boolean canBecome(WorkerState state) {
        return next().contains(state);
    }
}
