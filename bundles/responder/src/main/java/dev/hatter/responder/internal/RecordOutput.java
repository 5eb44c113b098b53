// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.io.OutputStream;

/** A stream that leaves in records of one type. Closing it sends the empty record, and nothing was sent when nothing was written. */
final class RecordOutput extends OutputStream {
    private final RecordWriter writer;
    private final int type;
    private final int id;
    private final byte[] buffer = new byte[Fcgi.MAX_CONTENT & ~7]; // needs no padding when full
    private int count;
    private boolean used;

    RecordOutput(RecordWriter writer, int type, int id) {
        this.writer = writer;
        this.type = type;
        this.id = id;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (count == buffer.length) {
                flush();
            }
            int part = Math.min(left, buffer.length - count);
            System.arraycopy(bytes, from, buffer, count, part);
            count += part;
            from += part;
            left -= part;
        }
    }

    @Override
    public void flush() throws IOException {
        if (count > 0) {
            writer.write(type, id, buffer, 0, count);
            count = 0;
            used = true;
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        if (used || type == Fcgi.STDOUT) {
            writer.write(type, id);
        }
    }
}
