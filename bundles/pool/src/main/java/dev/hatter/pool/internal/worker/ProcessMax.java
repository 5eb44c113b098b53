// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many worker processes all pools may have together ({@code process.max}). */
public final class ProcessMax implements Quota {
    private final AtomicInteger taken = new AtomicInteger();
    private final IntSupplier limit;

    /** @param limit 0 for none; may change at any time */
    public ProcessMax(IntSupplier limit) {
        this.limit = limit;
    }

    @Override
    public boolean take() {
        int most = limit.getAsInt();
        int now = taken.get();
        while (most == 0 || now < most) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    @Override
    public void giveBack() {
        taken.decrementAndGet();
    }

    @Override
    public String setting() {
        return "process.max";
    }
}
