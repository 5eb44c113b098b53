// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.lane;

import dev.hatter.pool.internal.worker.Quota;
import java.util.function.IntSupplier;

/**
 * Room for the workers of all lanes of a pool together ({@code pm.max_children}), within that of all pools. Lives on the
 * pool's event loop.
 */
final class SharedRoom implements Quota {
    private final IntSupplier limit;
    private final Quota house;
    private final Runnable onFull;
    private final Runnable onFreed;
    private int taken;
    private int extra;
    private boolean full;

    /**
     * @param limit in workers; may change
     * @param onFull called when a worker is wanted where there is no room
     * @param onFreed called when there is room again, where there was none
     */
    SharedRoom(IntSupplier limit, Quota house, Runnable onFull, Runnable onFreed) {
        this.limit = limit;
        this.house = house;
        this.onFull = onFull;
        this.onFreed = onFreed;
    }

    /** Lets so many more be taken, for as long as new settings are tried. */
    void extend(int by) {
        extra = by;
    }

    /** Whether somebody asked for room in vain. */
    boolean isWanted() {
        return full;
    }

    @Override
    public boolean take() {
        full = taken >= limit.getAsInt() + extra;
        if (full) {
            onFull.run();
            return false;
        }
        if (!house.take()) {
            return false;
        }
        taken++;
        return true;
    }

    @Override
    public void giveBack() {
        taken--;
        house.giveBack();
        if (full) {
            full = false;
            onFreed.run();
        }
    }

    @Override
    public String setting() {
        return full ? "pm.max_children" : house.setting();
    }
}
