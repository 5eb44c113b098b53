// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/** A stream's record that may still grow: its content, in the pieces it came in, none of them copied. */
final class OpenRecord {
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>();
    private RecordType type;
    private int requestId;
    private int length;
    private int longest;

    boolean isEmpty() {
        return length == 0;
    }

    /** Of the content. */
    int length() {
        return length;
    }

    /** Of the longest piece. */
    int longest() {
        return longest;
    }

    RecordType type() {
        return type;
    }

    int requestId() {
        return requestId;
    }

    /** Whether content of that stream and length still belongs to it; to an empty one any does. */
    boolean takes(RecordType stream, int id, int bytes) {
        return isEmpty() || type == stream && requestId == id && length + bytes <= FastCgi.MAX_CONTENT_LENGTH;
    }

    /** Takes ownership of what it {@linkplain #takes takes}, which isn't empty. */
    void add(RecordType stream, int id, ByteBuf content) {
        type = stream;
        requestId = id;
        length += content.readableBytes();
        longest = Math.max(longest, content.readableBytes());
        pieces.add(content);
    }

    /** Gives the next piece away, with its ownership; null when there is none, and the record is empty then. */
    ByteBuf poll() {
        ByteBuf piece = pieces.poll();
        if (piece == null) {
            length = 0;
            longest = 0;
        }
        return piece;
    }
}
