// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.PmSettings;
import dev.hatter.pool.internal.settings.PoolSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often all the workers there may be are busy while requests wait. As with php-fpm, that is once until the pool
 * has done with fewer workers, however often the last request gets its turn meanwhile. Lives on the pool's event loop.
 */
final class Fullness {
    private static final Logger LOG = LoggerFactory.getLogger(Fullness.class);

    private final String pool;
    private boolean full;
    private boolean told;
    private long times;

    Fullness(String pool) {
        this.pool = pool;
    }

    boolean isFull() {
        return full;
    }

    long times() {
        return times;
    }

    /**
     * Takes note of how it is at this moment.
     *
     * @param now whether all there may be are busy while requests wait
     * @param fewer whether there are fewer than there may be, and nothing waits
     */
    void note(boolean now, boolean fewer, PoolSettings settings) {
        if (now && !told) {
            told = true;
            times++;
            tell(settings);
        } else if (fewer) {
            told = false;
        }
        full = now;
    }

    /** As php-fpm, for pools that grow; a static one is meant to be this large. */
    private void tell(PoolSettings settings) {
        if (settings.run().pm().kind() != PmSettings.Kind.STATIC) {
            LOG.warn(
                    "[pool {}] server reached pm.max_children setting ({}), consider raising it",
                    pool,
                    settings.run().maxChildren());
        }
    }
}
