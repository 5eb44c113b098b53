// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** One HTTP request of any bytes, and all bytes of the answer. */
public final class RawHttp {
    private static final int TIMEOUT_MILLIS = 8_000;
    private static final int BUFFER = 64 * 1024;

    private RawHttp() {}

    /**
     * @param bytes all that came until the server closed the connection; each a character of ISO-8859-1
     * @param port of the client's end
     */
    public record Answer(String bytes, int port) {
        /** The status line and the header. */
        public String head() {
            int end = bytes.indexOf("\r\n\r\n");
            return end < 0 ? bytes : bytes.substring(0, end);
        }

        public String body() {
            int end = bytes.indexOf("\r\n\r\n");
            String body = end < 0 ? "" : bytes.substring(end + 4);
            return head().toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked") ? unchunked(body) : body;
        }

        private static String unchunked(String body) {
            StringBuilder whole = new StringBuilder();
            int from = 0;
            while (true) {
                int line = body.indexOf("\r\n", from);
                if (line < 0) {
                    return whole + "(cut)";
                }
                int length = Integer.parseInt(body.substring(from, line).strip(), 16);
                if (length == 0) {
                    return whole.toString();
                }
                whole.append(body, line + 2, Math.min(body.length(), line + 2 + length));
                from = Math.min(body.length(), line + 2 + length + 2);
            }
        }
    }

    /** @param lines without the last one; "Connection: close" is added */
    public static Answer ask(URI server, List<String> lines, byte[] body) throws IOException {
        return ask(server, lines, body, all -> true);
    }

    /**
     * The same, with somebody who looks at what has come so far.
     *
     * @param more whether the client wants more, each time after something has come
     */
    static Answer ask(URI server, List<String> lines, byte[] body, Predicate<CharSequence> more) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            for (String line : lines) {
                request.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            request.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(body);
            socket.getOutputStream().write(request.toByteArray());
            StringBuilder answer = new StringBuilder();
            read(socket.getInputStream(), answer, more);
            return new Answer(answer.toString(), socket.getLocalPort());
        }
    }

    private static void read(InputStream in, StringBuilder answer, Predicate<CharSequence> more) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                if (!more.test(answer)) {
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            answer.append("(no end)");
        } catch (SocketException e) {
            // a reset is the server's way to close while there is a body that it didn't read
        }
    }
}
