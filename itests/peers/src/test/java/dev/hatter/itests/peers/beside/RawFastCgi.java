// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Backend;
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

/** One FastCGI request on a connection of its own, as web servers do it for php-fpm, and all that came of it. */
final class RawFastCgi {
    private static final int BEGIN_REQUEST = 1;
    private static final int END_REQUEST = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final int STDOUT = 6;
    private static final int STDERR = 7;
    private static final int RESPONDER = 1;
    private static final int PIECE = 32 * 1024;

    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private boolean emptyStderr;

    private RawFastCgi() {}

    /**
     * All texts have a character of ISO-8859-1 for each byte.
     *
     * @param end what END_REQUEST said, or how it ended without
     * @param emptyStderr whether there was an STDERR record without content
     */
    record Answer(String stdout, String stderr, String end, boolean emptyStderr) {}

    static Answer ask(Backend backend, Map<String, String> params, byte[] body, Steps steps) throws IOException {
        try (SocketChannel channel = backend.connect()) {
            OutputStream out = Channels.newOutputStream(channel);
            RawFastCgi request = new RawFastCgi();
            String end;
            try {
                out.write(request(params, body));
                end = request.read(
                        new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel))), steps);
            } catch (IOException e) {
                end = "closed without END_REQUEST"; // whether the kernel said so by EOF or by a reset is a matter of
                // time
            }
            return new Answer(request.stdout.toString(), request.stderr.toString(), end, request.emptyStderr);
        }
    }

    private String read(DataInputStream in, Steps steps) throws IOException {
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
                return "END_REQUEST, application status " + (content[3] & 0xff) + ", protocol status " + content[4];
            }
            take(type, content);
            if (steps.isWatching() && !steps.goOn(stdout)) {
                return "left";
            }
        }
    }

    private void take(int type, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (type == STDOUT) {
            stdout.append(text);
        } else if (type == STDERR) {
            stderr.append(text);
            emptyStderr |= text.isEmpty();
        }
    }

    private static byte[] request(Map<String, String> params, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record(out, BEGIN_REQUEST, new byte[] {0, RESPONDER, 0, 0, 0, 0, 0, 0});
        stream(out, PARAMS, encode(params));
        stream(out, STDIN, body);
        return out.toByteArray();
    }

    private static void stream(OutputStream out, int type, byte[] content) throws IOException {
        for (int from = 0; from < content.length; from += PIECE) {
            record(out, type, Arrays.copyOfRange(content, from, Math.min(content.length, from + PIECE)));
        }
        record(out, type, new byte[0]);
    }

    private static void record(OutputStream out, int type, byte[] content) throws IOException {
        out.write(new byte[] {1, (byte) type, 0, 1, (byte) (content.length >> 8), (byte) content.length, 0, 0});
        out.write(content);
    }

    private static byte[] encode(Map<String, String> params) {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        params.forEach((key, text) -> {
            byte[] name = key.getBytes(StandardCharsets.ISO_8859_1);
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            length(pairs, name.length);
            length(pairs, value.length);
            pairs.writeBytes(name);
            pairs.writeBytes(value);
        });
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
}
