// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An upload that is sent a byte at a time, each in a packet of its own. */
public final class SlowUpload implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;
    private int left;

    public SlowUpload(URI uri, int bytes) throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        left = bytes;
        String head = "POST " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getHost()
                + "\r\nConnection: close\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bytes
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends one more. */
    public void send() throws IOException {
        socket.getOutputStream().write('x');
        left--;
    }

    /** Sends the others, one by one, and returns the answer with its head. */
    public String finish() throws IOException {
        while (left > 0) {
            send();
        }
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
