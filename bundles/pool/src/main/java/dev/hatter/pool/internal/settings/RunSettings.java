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
 * @param limitExtensions {@code security.limit_extensions}; empty for no limit
 * @param hats who gets which hat; null where all have the same, or none
 * @param timeouts {@code request_*_timeout}
 * @param buffers {@code response_buffer} and {@code request_body_buffer}
 */
public record RunSettings(
        PmSettings pm,
        int maxChildren,
        int maxRequests,
        boolean catchOutput,
        List<String> limitExtensions,
        HatRules hats,
        Timeouts timeouts,
        Buffers buffers) {
    public RunSettings {
        limitExtensions = List.copyOf(limitExtensions);
    }

    RunSettings withMaxChildren(int children) {
        return new RunSettings(pm, children, maxRequests, catchOutput, limitExtensions, hats, timeouts, buffers);
    }

    /**
     * How long a request may take; zero for no limit.
     *
     * @param terminate {@code request_terminate_timeout}: with a worker
     * @param trackFinished {@code request_terminate_timeout_track_finished}: that holds until the worker is done, not only
     *     until the answer is complete
     * @param queue {@code request_queue_timeout}: waiting for one
     */
    public record Timeouts(Duration terminate, boolean trackFinished, Duration queue) {}

    /**
     * What is kept of a request, in bytes, so that a slow client holds no worker.
     *
     * @param response {@code response_buffer}: of an answer that the client doesn't take as fast as the worker gives it
     * @param requestBody {@code request_body_buffer}: of a body before the request gets a worker
     */
    public record Buffers(int response, int requestBody) {
        public static final int DEFAULT_RESPONSE = 1024 * 1024;
    }
}
