// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A FastCGI client that is no code of Hatter's: one request after the other on a kept connection, id 1. It exists to
 * send what web servers never would.
 */
public final class FastCgi implements AutoCloseable {
    private static final int BEGIN_REQUEST = 1;
    static final int END_REQUEST = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    static final int STDOUT = 6;
    private static final int KEEP_CONN = 1;
    private static final int RESPONDER = 1;
    private static final int PIECE = 32 * 1024;

    private final SocketChannel channel;
    private final DataInputStream in;
    private final OutputStream out;

    public FastCgi(Backend backend) throws IOException {
        this.channel = backend.connect();
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.out = Channels.newOutputStream(channel);
    }

    /** One request on a connection of its own. */
    public static Answer ask(Backend backend, Map<String, String> params) throws IOException {
        try (FastCgi client = new FastCgi(backend)) {
            return client.request(params, new byte[0]);
        }
    }

    public Answer request(Map<String, String> params, byte[] body) throws IOException {
        out.write(encode(1, true, params, body));
        return answer();
    }

    private Answer answer() throws IOException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        while (true) {
            in.readUnsignedByte(); // version
            int type = in.readUnsignedByte();
            in.readUnsignedShort(); // id
            int length = in.readUnsignedShort();
            int padding = in.readUnsignedByte();
            in.readUnsignedByte();
            byte[] content = in.readNBytes(length);
            in.skipNBytes(padding);
            if (type == END_REQUEST) {
                return new Answer(text(stdout), text(stderr), content[4]);
            }
            (type == STDOUT ? stdout : stderr).write(content);
        }
    }

    /** A whole request. */
    static byte[] encode(int id, boolean keep, Map<String, String> params, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        record(request, id, BEGIN_REQUEST, new byte[] {0, RESPONDER, (byte) (keep ? KEEP_CONN : 0), 0, 0, 0, 0, 0});
        stream(request, id, PARAMS, encode(params));
        stream(request, id, STDIN, body);
        return request.toByteArray();
    }

    private static void stream(OutputStream out, int id, int type, byte[] content) throws IOException {
        for (int from = 0; from < content.length; from += PIECE) {
            record(out, id, type, Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE)));
        }
        record(out, id, type, new byte[0]);
    }

    private static void record(OutputStream out, int id, int type, byte[] content) throws IOException {
        int length = content.length;
        out.write(new byte[] {1, (byte) type, (byte) (id >> 8), (byte) id, (byte) (length >> 8), (byte) length, 0, 0});
        out.write(content);
    }

    private static byte[] encode(Map<String, String> params) throws IOException {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        for (Map.Entry<String, String> param : params.entrySet()) {
            byte[] name = param.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] value = param.getValue().getBytes(StandardCharsets.UTF_8);
            length(pairs, name.length);
            length(pairs, value.length);
            pairs.write(name);
            pairs.write(value);
        }
        return pairs.toByteArray();
    }

    private static void length(ByteArrayOutputStream pairs, int length) {
        if (length > 127) {
            pairs.write(length >> 24 | 0x80);
            pairs.write(length >> 16);
            pairs.write(length >> 8);
        }
        pairs.write(length);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * @param stdout head and body
     * @param protocolStatus of FCGI_END_REQUEST
     */
    public record Answer(String stdout, String stderr, int protocolStatus) {
        /** The CGI status, 200 when the program names none. */
        public int status() {
            return head().lines()
                    .filter(line -> line.regionMatches(true, 0, "Status:", 0, 7))
                    .map(line -> Integer.parseInt(line.substring(7).strip().substring(0, 3)))
                    .findFirst()
                    .orElse(200);
        }

        public String head() {
            return stdout.substring(0, headEnd());
        }

        public String body() {
            return stdout.substring(headEnd()).stripLeading();
        }

        private int headEnd() {
            int crlf = stdout.indexOf("\r\n\r\n");
            return crlf >= 0 ? crlf : Math.max(0, stdout.indexOf("\n\n"));
        }
    }
}
