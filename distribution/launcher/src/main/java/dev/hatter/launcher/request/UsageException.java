// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

/** The command was used in a way that makes no sense; the message says what would. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
