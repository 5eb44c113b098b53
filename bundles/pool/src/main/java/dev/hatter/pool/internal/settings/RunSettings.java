// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.time.Duration;
import java.util.List;

/**
 * What can change under a running pool without a new worker or listener.
 *
 * @param pm {@code pm} and its numbers
 * @param maxChildren {@code pm.max_children}: how many requests the workers take at once, all together
 * @param maxRequests {@code pm.max_requests}; 0 for no limit
 * @param catchOutput {@code catch_workers_output}
 * @param terminateTimeout {@code request_terminate_timeout}; zero for none
 * @param limitExtensions {@code security.limit_extensions}; empty for no limit
 */
public record RunSettings(
        PmSettings pm,
        int maxChildren,
        int maxRequests,
        boolean catchOutput,
        Duration terminateTimeout,
        List<String> limitExtensions) {
    public RunSettings {
        limitExtensions = List.copyOf(limitExtensions);
    }
}
