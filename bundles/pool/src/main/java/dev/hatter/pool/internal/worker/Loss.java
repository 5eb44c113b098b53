// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

/** How a request lost its worker. */
public enum Loss {
    /** Nothing of it can have reached the worker: another one may have it. */
    UNTOUCHED,
    /**
     * The worker ended by itself before it answered anything, as php-cgi does between two requests alone: most likely it
     * never saw this one. But a request can make it end too, so it isn't given to one worker after the other.
     */
    LIKELY_UNTOUCHED,
    /** The worker died, closed the connection, or answered what is no FastCGI. */
    BROKEN,
    /** It took longer than {@code request_terminate_timeout}. */
    TIMED_OUT
}
