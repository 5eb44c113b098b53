// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.time.Duration;

/**
 * How the number of workers is decided: {@code pm} and {@code pm.*}, in children.
 *
 * @param kind {@code pm}
 * @param startServers {@code pm.start_servers}; for dynamic
 * @param minSpare {@code pm.min_spare_servers}; for dynamic
 * @param maxSpare {@code pm.max_spare_servers}; for dynamic
 * @param spawnRate {@code pm.max_spawn_rate}, workers a second; for dynamic
 * @param idleTimeout {@code pm.process_idle_timeout}; for ondemand
 */
public record PmSettings(Kind kind, int startServers, int minSpare, int maxSpare, int spawnRate, Duration idleTimeout) {
    /** The process managers there are. */
    public enum Kind {
        STATIC,
        DYNAMIC,
        ONDEMAND
    }
}
