// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/** What to take back, last first, when a launch doesn't come to its end. */
final class Undo implements AutoCloseable {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    /** The launch has succeeded. */
    void forget() {
        steps.clear();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
