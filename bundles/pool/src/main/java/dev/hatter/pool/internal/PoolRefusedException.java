// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

/** A pool isn't started; the message says why. Without a stack trace, which would bury the reason in the log. */
final class PoolRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PoolRefusedException(String message) {
        super(message, null, false, false);
    }
}
