// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many worker processes all pools may have together ({@code process.max}). May be used from any thread. */
public final class Quota {
    private final AtomicInteger taken = new AtomicInteger();
    private final IntSupplier limit;

    /** @param limit 0 for none; may change at any time */
    public Quota(IntSupplier limit) {
        this.limit = limit;
    }

    /** Takes one, if there is one left. */
    boolean take() {
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

    /** Gives one back. */
    void giveBack() {
        taken.decrementAndGet();
    }
}
