// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A pool that runs: one service for each {@code dev.hatter.pool} configuration that is in force. */
@ProviderType
public interface Pool {
    /** The factory PID of a pool's configuration. */
    String FACTORY_PID = "dev.hatter.pool";

    /** Its name: what follows the tilde in {@code dev.hatter.pool~NAME}. */
    String name();

    /** Its state at this moment. May be called from any thread. */
    PoolState state();

    /**
     * Its numbers, all of the same moment.
     *
     * @return completes on the pool's event loop; do no lengthy work there
     */
    CompletionStage<PoolSnapshot> snapshot();
}
