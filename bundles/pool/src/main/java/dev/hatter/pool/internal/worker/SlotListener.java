// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

/** Hears which slots can take a request. All calls come on the pool's event loop. */
public interface SlotListener {
    /** That slot can take a request now. */
    void onIdle(Slot slot);

    /** That slot, idle so far, must not be used any more. */
    void onWithdrawn(Slot slot);
}
