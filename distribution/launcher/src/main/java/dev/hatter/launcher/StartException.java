// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

/** Hatter can't start; the message says why and what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
