// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;

/** Answers a request. */
@FunctionalInterface
interface Page {
    void answer(Request request) throws IOException;
}
