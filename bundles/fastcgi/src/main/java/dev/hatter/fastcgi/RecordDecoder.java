// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;

/**
 * Takes a stream of bytes apart into records (FastCGI 1.0, section 3.3). It can be stopped and resumed at any byte and
 * keeps at most seven bytes (of a header), so that content is handed on as it arrives. After an exception it must not be
 * used again. Not thread-safe.
 */
public final class RecordDecoder {
    private long header;
    private int headerBytes;
    private int contentLeft;
    private int paddingLeft;

    /**
     * Decodes all that is readable.
     *
     * @param in read to its end; stays owned by the caller
     * @throws FastCgiException when a header names another version than 1, or by the handler
     */
    public void decode(ByteBuf in, RecordHandler handler) throws FastCgiException {
        while (in.isReadable()) {
            if (contentLeft > 0) {
                content(in, handler);
            } else if (paddingLeft > 0) {
                padding(in);
            } else {
                header(in, handler);
            }
        }
    }

    /** Whether the stream could end here: no record has begun that is not complete with its padding. */
    public boolean isAtBoundary() {
        return headerBytes == 0 && contentLeft == 0 && paddingLeft == 0;
    }

    /** Whether a record has begun of which not even the header is complete. */
    public boolean isWithinHeader() {
        return headerBytes > 0;
    }

    private void header(ByteBuf in, RecordHandler handler) throws FastCgiException {
        if (headerBytes == 0 && in.readableBytes() >= FastCgi.HEADER_LENGTH) {
            record(in.readLong(), handler);
            return;
        }
        header = header << 8 | in.readUnsignedByte();
        if (headerBytes == 0) {
            checkVersion((int) header & 0xff);
        }
        if (++headerBytes == FastCgi.HEADER_LENGTH) {
            headerBytes = 0;
            record(header, handler);
        }
    }

    private void record(long bits, RecordHandler handler) throws FastCgiException {
        checkVersion((int) (bits >>> 56));
        contentLeft = (int) (bits >>> 16) & 0xffff;
        paddingLeft = (int) (bits >>> 8) & 0xff;
        handler.onRecord((int) (bits >>> 48) & 0xff, (int) (bits >>> 32) & 0xffff, contentLeft);
        if (contentLeft == 0) {
            handler.onRecordEnd();
        }
    }

    private void content(ByteBuf in, RecordHandler handler) throws FastCgiException {
        int length = Math.min(contentLeft, in.readableBytes());
        int end = in.readerIndex() + length;
        contentLeft -= length;
        handler.onContent(in, length);
        in.readerIndex(end);
        if (contentLeft == 0) {
            handler.onRecordEnd();
        }
    }

    private void padding(ByteBuf in) {
        int length = Math.min(paddingLeft, in.readableBytes());
        in.skipBytes(length);
        paddingLeft -= length;
    }

    private static void checkVersion(int version) throws FastCgiException {
        if (version != FastCgi.VERSION) {
            throw new FastCgiException("a record with version " + version + "; FastCGI has version 1 only");
        }
    }
}
