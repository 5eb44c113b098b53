// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

/** How a request lost its worker. */
public enum Loss {
    /** Nothing of it can have reached the worker: another one may have it. */
    UNTOUCHED,
    /** The worker died, closed the connection, or answered what is no FastCGI. */
    BROKEN,
    /** It took longer than {@code request_terminate_timeout}. */
    TIMED_OUT
}
