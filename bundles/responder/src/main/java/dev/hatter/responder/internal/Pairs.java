// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Name-value pairs (FastCGI 1.0, section 3.4). Bytes that are no UTF-8 are replaced. */
final class Pairs {
    private static final int LONG_FORM = 0x80;

    private Pairs() {}

    static Map<String, String> decode(byte[] content) throws ProtocolException {
        Map<String, String> pairs = new LinkedHashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(content);
        try {
            while (buffer.hasRemaining()) {
                int nameLength = length(buffer);
                int valueLength = length(buffer);
                String name = text(buffer, nameLength);
                pairs.put(name, text(buffer, valueLength));
            }
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a name-value pair is longer than what holds it");
        }
        return pairs;
    }

    private static int length(ByteBuffer buffer) {
        int first = buffer.get() & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        buffer.position(buffer.position() - 1);
        return buffer.getInt() & 0x7fff_ffff;
    }

    private static String text(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = new String(buffer.array(), buffer.position(), length, StandardCharsets.UTF_8);
        buffer.position(buffer.position() + length);
        return text;
    }

    static byte[] encode(Map<String, String> pairs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pairs.forEach((name, value) -> {
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
            putLength(out, nameBytes.length);
            putLength(out, valueBytes.length);
            out.writeBytes(nameBytes);
            out.writeBytes(valueBytes);
        });
        return out.toByteArray();
    }

    private static void putLength(ByteArrayOutputStream out, int length) {
        if (length < LONG_FORM) {
            out.write(length);
        } else {
            out.writeBytes(ByteBuffer.allocate(4).putInt(length | 0x8000_0000).array());
        }
    }
}
