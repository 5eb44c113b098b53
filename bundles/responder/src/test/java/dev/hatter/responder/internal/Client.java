// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A web server's side of a connection, written byte by byte so that it shares no mistake with the responder. */
final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;

    Client(SocketAddress address) throws IOException {
        this.channel = SocketChannel.open(address);
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    record Answer(String stdout, byte[] bytes, String stderr, int appStatus, int protocolStatus) {
        String body() {
            return stdout.substring(stdout.indexOf("\r\n\r\n") + 4);
        }
    }

    Client begin(int id, int role, boolean keep) throws IOException {
        return send(1, id, new byte[] {0, (byte) role, (byte) (keep ? 1 : 0), 0, 0, 0, 0, 0});
    }

    Client params(int id, String... namesAndValues) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] name = namesAndValues[i].getBytes(StandardCharsets.UTF_8);
            byte[] value = namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8);
            out.write(name.length);
            out.writeBytes(ByteBuffer.allocate(4).putInt(value.length | 1 << 31).array());
            out.writeBytes(name);
            out.writeBytes(value);
        }
        return send(4, id, out.toByteArray()).send(4, id, new byte[0]);
    }

    /** A GET, complete. */
    Client get(String path, String query, boolean keep) throws IOException {
        begin(1, 1, keep);
        params(1, "REQUEST_METHOD", "GET", "SCRIPT_NAME", path, "QUERY_STRING", query, "REQUEST_URI", path);
        return send(5, 1, new byte[0]);
    }

    Client post(String path, String type) throws IOException {
        begin(1, 1, false);
        return params(1, "REQUEST_METHOD", "POST", "SCRIPT_NAME", path, "CONTENT_TYPE", type);
    }

    /** A record, padded with three bytes to see that they are skipped. */
    Client send(int type, int id, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + content.length + 3);
        bytes.put((byte) 1).put((byte) type).putShort((short) id).putShort((short) content.length);
        bytes.put((byte) 3).put((byte) 0).put(content).put(new byte[3]).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return this;
    }

    FcgiRecord receive() throws IOException {
        byte[] header = in.readNBytes(8);
        if (header.length < 8) {
            throw new EOFException("after " + header.length + " bytes of a header");
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        byte[] content = in.readNBytes(fields.getShort(4) & 0xffff);
        in.readNBytes(header[6]);
        return new FcgiRecord(header[1], fields.getShort(2), content);
    }

    Answer answer() throws IOException {
        Map<Integer, ByteArrayOutputStream> streams = new LinkedHashMap<>();
        FcgiRecord next = receive();
        for (; next.type() != 3; next = receive()) {
            streams.computeIfAbsent(next.type(), type -> new ByteArrayOutputStream())
                    .writeBytes(next.content());
        }
        byte[] stdout = streams.getOrDefault(6, new ByteArrayOutputStream()).toByteArray();
        String stderr = streams.getOrDefault(7, new ByteArrayOutputStream()).toString(StandardCharsets.UTF_8);
        int appStatus = ByteBuffer.wrap(next.content()).getInt();
        return new Answer(new String(stdout, StandardCharsets.ISO_8859_1), stdout, stderr, appStatus, next.unsigned(4));
    }

    /** What comes until the connection's end, be it a reset. */
    byte[] rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException e) {
            // a peer that ends with input unread resets; what it sent before has been read
        }
        return rest.toByteArray();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
