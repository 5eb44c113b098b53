// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** A process could not be started; the message names what was tried, with which value, and what to do. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    public LaunchException(String message) {
        super(message);
    }

    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
