// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Reads records off a connection. */
final class RecordReader {
    private static final int MAX_PADDING = 255;

    private final Wire wire;
    private final ByteBuffer header = ByteBuffer.allocate(Fcgi.HEADER_LENGTH);
    private final ByteBuffer padding = ByteBuffer.allocate(MAX_PADDING);

    RecordReader(Wire wire) {
        this.wire = wire;
    }

    /**
     * @throws EOFException when the connection is at its end
     * @throws ProtocolException when what comes is no FastCGI 1
     */
    FcgiRecord next() throws IOException {
        wire.readFully(header.clear());
        int version = header.get(0) & 0xff;
        if (version != Fcgi.VERSION) {
            throw new ProtocolException("version " + version + " in a record's header, must be " + Fcgi.VERSION);
        }
        byte[] content = new byte[header.getShort(4) & 0xffff];
        wire.readFully(ByteBuffer.wrap(content));
        wire.readFully(padding.clear().limit(header.get(6) & 0xff));
        return new FcgiRecord(header.get(1) & 0xff, header.getShort(2) & 0xffff, content);
    }
}
