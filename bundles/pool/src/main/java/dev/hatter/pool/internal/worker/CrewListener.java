// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

/** Hears how the crew as a whole is doing. All calls come on the pool's event loop. */
public interface CrewListener {
    /** A worker is ready where none was. */
    void onManned();

    /** No worker is ready, and those that were started died: requests needn't wait. */
    void onGivenUp(String reason);

    /** Another launch was proven by a first worker that became ready, and is in force now. */
    void onProven();

    /** Another launch could not be proven; the one before stays in force. */
    void onRefused(String reason);
}
