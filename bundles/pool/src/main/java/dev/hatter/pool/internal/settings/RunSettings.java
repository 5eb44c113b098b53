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
 * @param endings {@code request_abandoned}, {@code request_failure} and {@code request_refusal}
 */
public record RunSettings(
        PmSettings pm,
        int maxChildren,
        int maxRequests,
        boolean catchOutput,
        List<String> limitExtensions,
        HatRules hats,
        Timeouts timeouts,
        Buffers buffers,
        Endings endings) {
    public RunSettings {
        limitExtensions = List.copyOf(limitExtensions);
    }

    RunSettings withMaxChildren(int children) {
        return new RunSettings(
                pm, children, maxRequests, catchOutput, limitExtensions, hats, timeouts, buffers, endings);
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

    /**
     * How requests end that don't end with their worker's answer.
     *
     * @param abandoned what becomes of a request that waits while its client leaves
     * @param failure what the web server sees of a request whose worker is lost
     * @param refusal what it sees of a request that no worker has had
     */
    public record Endings(Abandoned abandoned, Reply failure, Reply refusal) {
        public static final Endings DEFAULT = new Endings(Abandoned.LAST, Reply.CLOSE, Reply.ANSWER);
    }

    /** {@code request_abandoned}. */
    public enum Abandoned {
        /** It runs when no request waits whose client is still there. */
        LAST,
        /** It runs in its turn, as from php-fpm's backlog. */
        RUN,
        DROP
    }

    /** {@code request_failure} and {@code request_refusal}. */
    public enum Reply {
        /** A page with a status. */
        ANSWER,
        /** The connection breaks off, as it does when a php-fpm worker dies. */
        CLOSE
    }
}
