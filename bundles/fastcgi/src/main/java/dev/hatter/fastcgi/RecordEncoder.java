// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;
import java.util.Collection;
import java.util.Map;

/** Writes records (FastCGI 1.0, sections 3.3 to 5.5) to the end of a buffer. Nothing here takes or gives up a buffer. */
public final class RecordEncoder {
    // a multiple of 8, so that only the last record of a stream needs padding
    private static final int MAX_ALIGNED_LENGTH = 65_528;
    private static final byte[] PADDING = new byte[7];

    private RecordEncoder() {}

    /**
     * A header.
     *
     * @param requestId 0 to 65535
     * @param contentLength 0 to 65535
     * @param paddingLength 0 to 255
     */
    public static void header(ByteBuf out, RecordType type, int requestId, int contentLength, int paddingLength) {
        out.writeLong((long) FastCgi.VERSION << 56
                | (long) type.code() << 48
                | (long) requestId << 32
                | (long) contentLength << 16
                | (long) paddingLength << 8);
    }

    /** The empty record that ends a stream. */
    public static void endOfStream(ByteBuf out, RecordType type, int requestId) {
        header(out, type, requestId, 0, 0);
    }

    public static void beginRequest(ByteBuf out, int requestId, Role role, boolean keepConnection) {
        header(out, RecordType.BEGIN_REQUEST, requestId, FastCgi.FIXED_BODY_LENGTH, 0);
        out.writeLong((long) role.code() << 48 | (keepConnection ? (long) FastCgi.KEEP_CONN << 40 : 0));
    }

    public static void abortRequest(ByteBuf out, int requestId) {
        header(out, RecordType.ABORT_REQUEST, requestId, 0, 0);
    }

    public static void endRequest(ByteBuf out, int requestId, int appStatus, ProtocolStatus status) {
        header(out, RecordType.END_REQUEST, requestId, FastCgi.FIXED_BODY_LENGTH, 0);
        out.writeLong((long) appStatus << 32 | (long) status.code() << 24);
    }

    /** The answer to a management record of a type nobody knows here. */
    public static void unknownType(ByteBuf out, int type) {
        header(out, RecordType.UNKNOWN_TYPE, FastCgi.NULL_REQUEST_ID, FastCgi.FIXED_BODY_LENGTH, 0);
        out.writeLong((long) type << 56);
    }

    /** A piece of a stream, copied and cut into records that are padded to eight bytes; reads the content to its end. */
    public static void stream(ByteBuf out, RecordType type, int requestId, ByteBuf content) {
        while (content.isReadable()) {
            int length = Math.min(content.readableBytes(), MAX_ALIGNED_LENGTH);
            int padding = -length & 7;
            header(out, type, requestId, length, padding);
            out.writeBytes(content, length);
            out.writeBytes(PADDING, 0, padding);
        }
    }

    /**
     * The whole stream FCGI_PARAMS with its end, copied. Pairs never span two records: FastCGI allows it, but php-cgi drops
     * the connection.
     */
    public static void params(ByteBuf out, int requestId, Params params) {
        int from = 0;
        while (from < params.size()) {
            int to = from;
            int length = 0;
            while (to < params.size() && length + params.pairLength(to) <= FastCgi.MAX_CONTENT_LENGTH) {
                length += params.pairLength(to++);
            }
            header(out, RecordType.PARAMS, requestId, length, 0);
            params.copyPairs(from, to, out);
            from = to;
        }
        endOfStream(out, RecordType.PARAMS, requestId);
    }

    /** Asks for the values of variables; the names must fit a record. */
    public static void getValues(ByteBuf out, Collection<String> names) {
        int start = beginValues(out);
        for (String name : names) {
            NameValue.write(out, name, "");
        }
        endValues(out, RecordType.GET_VALUES, start);
    }

    /** Tells the values of variables; all must fit a record. */
    public static void getValuesResult(ByteBuf out, Map<String, String> values) {
        int start = beginValues(out);
        values.forEach((name, value) -> NameValue.write(out, name, value));
        endValues(out, RecordType.GET_VALUES_RESULT, start);
    }

    /** One name-value pair, not a record. */
    public static void pair(ByteBuf out, String name, String value) {
        NameValue.write(out, name, value);
    }

    private static int beginValues(ByteBuf out) {
        int start = out.writerIndex();
        out.writeZero(FastCgi.HEADER_LENGTH);
        return start;
    }

    private static void endValues(ByteBuf out, RecordType type, int start) {
        int end = out.writerIndex();
        int length = end - start - FastCgi.HEADER_LENGTH;
        if (length > FastCgi.MAX_CONTENT_LENGTH) {
            throw new IllegalArgumentException(
                    type + " of " + length + " bytes; a record carries " + FastCgi.MAX_CONTENT_LENGTH);
        }
        out.writerIndex(start);
        header(out, type, FastCgi.NULL_REQUEST_ID, length, 0);
        out.writerIndex(end);
    }
}
