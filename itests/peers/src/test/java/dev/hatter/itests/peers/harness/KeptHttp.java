// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One HTTP connection, kept as long as the server does, for answers with a Content-Length. */
public final class KeptHttp implements Fairness.Client, AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI uri;
    private final byte[] request;
    private Socket socket;
    private DataInputStream in;

    public KeptHttp(URI uri) throws IOException {
        this.uri = uri;
        request = ("GET " + uri.getRawPath() + "?" + uri.getRawQuery() + " HTTP/1.1\r\nHost: " + uri.getHost()
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    @Override
    public void ask() throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        int length = -1;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            last |= header.equalsIgnoreCase("Connection: close");
        }
        if (!status.startsWith("HTTP/1.1 200") || length < 0) {
            throw new IOException("\"" + status + "\" with a Content-Length of " + length);
        }
        in.skipNBytes(length);
        if (last) { // nginx gives a connection up after 1,000 requests
            close();
            connect();
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
