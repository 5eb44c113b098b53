// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes records, each padded to a multiple of 8 bytes as the specification recommends (section 3.3). */
final class RecordWriter {
    private static final int ALIGNMENT = 8;

    private final Wire wire;
    private final ByteBuffer buffer = ByteBuffer.allocate(Fcgi.HEADER_LENGTH + Fcgi.MAX_CONTENT + ALIGNMENT);

    RecordWriter(Wire wire) {
        this.wire = wire;
    }

    void write(int type, int id, byte[] content, int offset, int length) throws IOException {
        int padding = -length & (ALIGNMENT - 1);
        buffer.clear();
        buffer.put((byte) Fcgi.VERSION).put((byte) type).putShort((short) id);
        buffer.putShort((short) length).put((byte) padding).put((byte) 0);
        buffer.put(content, offset, length).put(new byte[padding]);
        wire.writeFully(buffer.flip());
    }

    void write(int type, int id, byte... content) throws IOException {
        write(type, id, content, 0, content.length);
    }

    void end(int id, int appStatus, int protocolStatus) throws IOException {
        byte[] content = new byte[8];
        ByteBuffer.wrap(content).putInt(appStatus).put((byte) protocolStatus);
        write(Fcgi.END_REQUEST, id, content);
    }

    /** Bytes that are no record. */
    void raw(byte[] bytes) throws IOException {
        wire.writeFully(ByteBuffer.wrap(bytes));
    }
}
