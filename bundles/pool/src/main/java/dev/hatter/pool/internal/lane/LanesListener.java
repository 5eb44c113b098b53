// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.lane;

import dev.hatter.pool.internal.request.Dispatcher;

/** Hears how the lanes of a pool are doing. All calls come on the pool's event loop. */
public interface LanesListener {
    /** The one lane of the pool has a worker where it had none. */
    void onManned();

    /** The one lane of the pool has no worker, and those that were started died. */
    void onGivenUp(String reason);

    /** Settings with another launch were proven, and are to be adopted now. */
    void onProven();

    /** Settings with another launch could not be proven. */
    void onRefused(String reason);

    /** That dispatcher leads to no worker any more: its requests need another one. */
    void onDismissed(Dispatcher gone);
}
