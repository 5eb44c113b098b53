// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The pages that behave. */
final class Pages {
    private static final int BUFFER = 32 * 1024;
    /** A prime, so that the pattern of /download never lines up with a record or a buffer. */
    static final int PATTERN = 251;

    private Pages() {}

    /** Shows what came. */
    static void hello(Request request) throws IOException {
        if (request.query().has("plain")) {
            request.head(200, "text/plain; charset=utf-8");
            request.text(Hello.plain(request));
        } else {
            request.head(200, "text/html; charset=utf-8");
            request.text(Hello.html(request));
        }
    }

    /** The body, as it came. */
    static void echo(Request request) throws IOException {
        String type = request.param("CONTENT_TYPE");
        // a line end in it would let the client write headers
        boolean usable = !type.isEmpty() && type.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        request.head(200, usable ? type : "application/octet-stream");
        request.body().transferTo(request.stdout());
    }

    /** {@code bytes} bytes, the one at offset i being i modulo 251. */
    static void download(Request request) throws IOException {
        long left = request.query().number("bytes", 1024, Long.MAX_VALUE);
        request.text("Content-Length: " + left + "\r\n");
        request.head(200, "application/octet-stream");
        byte[] pattern = new byte[PATTERN * 128];
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (byte) (i % PATTERN);
        }
        for (; left > 0; left -= pattern.length) {
            request.stdout().write(pattern, 0, (int) Math.min(left, pattern.length));
        }
    }

    /** The body's SHA-256 and length, in a line. */
    static void checksum(Request request) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int count = request.body().read(buffer);
                count >= 0;
                count = request.body().read(buffer)) {
            digest.update(buffer, 0, count);
            length += count;
        }
        request.head(200, "text/plain; charset=utf-8");
        request.text(HexFormat.of().formatHex(digest.digest()) + " " + length + "\n");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
