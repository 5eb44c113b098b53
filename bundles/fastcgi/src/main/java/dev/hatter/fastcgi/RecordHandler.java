// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;

/**
 * Takes what a {@link RecordDecoder} finds: for each record one onRecord, any number of onContent, one onRecordEnd. What
 * these methods throw ends the decoding and comes out of {@link RecordDecoder#decode}.
 */
public interface RecordHandler {
    /**
     * A header has come.
     *
     * @param type the type byte, 0 to 255, of a {@link RecordType} or unknown
     * @param requestId 0 to 65535
     * @param contentLength bytes of content that follow, 0 to 65535
     */
    void onRecord(int type, int requestId, int contentLength) throws FastCgiException;

    /**
     * A piece of the current record's content; a record may come in many pieces. The handler reads the bytes from the
     * buffer or takes them along by {@link ByteBuf#readRetainedSlice}; what it leaves is skipped.
     *
     * @param in stays owned by the caller; the piece begins at its reader index
     * @param length bytes of the piece, at least 1; more may be readable, which is not the handler's
     */
    void onContent(ByteBuf in, int length) throws FastCgiException;

    /** All content of the current record has been handed over; its padding may still be on the way. */
    void onRecordEnd() throws FastCgiException;
}
