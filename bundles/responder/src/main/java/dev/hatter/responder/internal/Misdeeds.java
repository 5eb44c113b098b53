// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** The pages that misbehave, to test who has to live with it. */
final class Misdeeds {
    private static final Duration LONG = Duration.ofDays(1);
    private static final int LINE = 100;

    private Misdeeds() {}

    /** Answers after {@code ms} milliseconds, having read nothing of the body before. */
    static void slow(Request request) throws IOException {
        long ms = request.query().number("ms", 1000, LONG.toMillis());
        request.pause(Duration.ofMillis(ms));
        request.head(200, "text/plain; charset=utf-8");
        request.text("slept " + ms + " ms\n");
    }

    /** Answers nothing, ever (in a day). */
    static void never(Request request) throws IOException {
        request.pause(LONG);
        throw new HangUpException();
    }

    /** The process ends with exit code {@code code}. */
    static void crash(Request request) throws IOException {
        Runtime.getRuntime().halt((int) request.query().number("code", 1, 255));
    }

    /** The process ends by the signal {@code signal}, KILL when none is given. */
    static void kill(Request request) throws IOException {
        String signal = request.query().text("signal", "KILL");
        if (!signal.matches("[A-Z0-9]{1,10}")) {
            throw new BadRequestException("signal = \"" + signal + "\": must be a signal's name or number");
        }
        new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$PPID\"", signal).start();
        never(request);
    }

    /** Bytes that are no FastCGI, {@code bytes} of them. */
    static void garbage(Request request) throws IOException {
        byte[] junk = new byte[(int) request.query().number("bytes", 64, 1 << 20)];
        Arrays.fill(junk, (byte) '!');
        request.raw().raw(junk);
        throw new HangUpException();
    }

    /** Half of what its Content-Length says, then the connection is closed. */
    static void truncate(Request request) throws IOException {
        request.text("Content-Length: 100\r\n");
        request.head(200, "text/plain; charset=utf-8");
        request.text("x".repeat(50));
        request.stdout().flush();
        throw new HangUpException();
    }

    /** The connection is closed without a byte. */
    static void hangUp(Request request) throws IOException {
        throw new HangUpException();
    }

    /** A whole answer without its FCGI_END_REQUEST. */
    static void noEnd(Request request) throws IOException {
        request.head(200, "text/plain; charset=utf-8");
        request.text("no end\n");
        request.stdout().close();
        request.pause(LONG);
        throw new HangUpException();
    }

    /** Floods descriptor 2 with {@code bytes} bytes. */
    static void stderr(Request request) throws IOException {
        // not closed: the descriptor is the process's
        flood(request, new FileOutputStream(FileDescriptor.err));
    }

    /** Floods FCGI_STDERR with {@code bytes} bytes. */
    static void fcgiStderr(Request request) throws IOException {
        flood(request, request.stderr());
    }

    private static void flood(Request request, OutputStream out) throws IOException {
        long bytes = request.query().number("bytes", LINE, Long.MAX_VALUE);
        byte[] line = ("e".repeat(LINE - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        for (long left = bytes; left > 0; left -= LINE) {
            out.write(line, 0, (int) Math.min(left, LINE));
        }
        out.flush();
        request.head(200, "text/plain; charset=utf-8");
        request.text("wrote " + bytes + " bytes\n");
    }
}
