// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

/** AppArmor can't be used here; the message says what is missing. */
final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
