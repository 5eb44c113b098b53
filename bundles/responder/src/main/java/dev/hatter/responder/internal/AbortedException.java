// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;

/** The web server gave the request up (FCGI_ABORT_REQUEST). */
final class AbortedException extends IOException {
    private static final long serialVersionUID = 1L;
}
