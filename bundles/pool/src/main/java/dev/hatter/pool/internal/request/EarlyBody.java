// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.pool.internal.worker.Slot;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What has arrived of a request's body before the request got a worker. */
final class EarlyBody {
    /** From here on the front connection isn't read; what was read already still comes, at most another read's worth. */
    static final int LIMIT = 64 * 1024;

    /** On a connection that is shared reading must go on, or a request with a worker may never get its body. */
    private static final int SHARED_LIMIT = 1024 * 1024;

    /** @param content null for the end of the stream */
    private record Piece(RecordType stream, ByteBuf content) {}

    private List<Piece> pieces = List.of();
    private int bytes;

    void add(RecordType stream, ByteBuf content) {
        bytes += content.readableBytes();
        keep(new Piece(stream, content));
    }

    void end(RecordType stream) {
        keep(new Piece(stream, null));
    }

    private void keep(Piece piece) {
        if (pieces.isEmpty()) {
            pieces = new ArrayList<>(2);
        }
        pieces.add(piece);
    }

    int bytes() {
        return bytes;
    }

    /** Whether all of the body has come. */
    boolean hasEnded(Role role) {
        RecordType last = role == Role.FILTER ? RecordType.DATA : RecordType.STDIN;
        return pieces.stream().anyMatch(piece -> piece.content() == null && piece.stream() == last);
    }

    /** Whether it is more than may be kept while the connection has to be read for others. */
    boolean isTooMuchToShare() {
        return bytes > SHARED_LIMIT;
    }

    /**
     * Hands all over to the worker.
     *
     * @param ended gets the streams whose end was among it
     * @return whether there was content
     */
    boolean sendTo(Slot slot, Set<RecordType> ended) {
        List<Piece> sent = pieces;
        boolean content = bytes > 0;
        pieces = List.of();
        bytes = 0;
        for (Piece piece : sent) {
            if (piece.content() == null) {
                ended.add(piece.stream());
                slot.bodyEnd(piece.stream());
            } else {
                slot.body(piece.stream(), piece.content());
            }
        }
        return content;
    }

    void discard() {
        for (Piece piece : pieces) {
            if (piece.content() != null) {
                piece.content().release();
            }
        }
        pieces = List.of();
        bytes = 0;
    }
}
