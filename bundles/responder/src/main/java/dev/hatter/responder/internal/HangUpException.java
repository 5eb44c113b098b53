// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;

/** A page wants the connection closed as it is. */
final class HangUpException extends IOException {
    private static final long serialVersionUID = 1L;
}
