// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/** {@code pm = static}: always as many as there may be. */
public final class StaticManager implements ProcessManager {
    private final int max;

    /** @param max workers */
    public StaticManager(int max) {
        this.max = max;
    }

    @Override
    public int initial() {
        return max;
    }

    @Override
    public Decision onEvent(Census census) {
        return new Decision(Math.max(0, max - census.present()), 0);
    }

    @Override
    public Decision onHeartbeat(Census census) {
        return onEvent(census);
    }
}
