// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/**
 * {@code pm = ondemand}: as many as requests ask for, none that was idle for {@code pm.process_idle_timeout}. Where php-fpm
 * starts one child for each time it notices the queue, this starts as many as requests wait.
 */
public final class OndemandManager implements ProcessManager {
    private final int max;

    /** @param max workers */
    public OndemandManager(int max) {
        this.max = max;
    }

    @Override
    public int initial() {
        return 0;
    }

    @Override
    public Decision onEvent(Census census) {
        return new Decision(Math.max(0, Math.min(census.missingForWaiting(), max - census.present())), 0);
    }

    @Override
    public Decision onHeartbeat(Census census) {
        int retire = census.waiting() > 0 ? 0 : census.expired();
        return new Decision(onEvent(census).start(), retire);
    }
}
