// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A request as a page sees it.
 *
 * @param number how many this process has got, with this one
 * @param raw the connection itself, for a page that misbehaves
 */
record Request(
        long number,
        Map<String, String> params,
        Query query,
        InputStream body,
        OutputStream stdout,
        OutputStream stderr,
        Incoming incoming,
        RecordWriter raw) {

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    /** Writes the head of the answer (RFC 3875, section 6.3). */
    void head(int status, String contentType) throws IOException {
        text("Status: " + status + "\r\nContent-Type: " + contentType + "\r\n\r\n");
    }

    void text(String text) throws IOException {
        stdout.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Does nothing for that time, unless the request is aborted meanwhile. */
    void pause(Duration time) throws IOException {
        incoming.pause(time.toNanos());
    }
}
