// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** A process can't be confined as asked, or isn't; the message names the domain, the reason and what to do. */
public final class ConfinementException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfinementException(String message) {
        super(message);
    }

    public ConfinementException(String message, Throwable cause) {
        super(message, cause);
    }
}
