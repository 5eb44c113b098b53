// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.io.InputStream;

/** A request's body, read record by record as it is asked for: a page that doesn't read holds the sender back. */
final class Body extends InputStream {
    private final Incoming incoming;
    private byte[] piece = {};
    private int position;
    private boolean ended;

    Body(Incoming incoming) {
        this.incoming = incoming;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == piece.length && !next()) {
            return -1;
        }
        int part = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, bytes, offset, part);
        position += part;
        return part;
    }

    private boolean next() throws IOException {
        if (!ended) {
            piece = incoming.next(Fcgi.STDIN).content();
            position = 0;
            ended = piece.length == 0;
        }
        return !ended;
    }

    /** Reads what the page has left, so that the next request on the connection begins at its beginning. */
    void drain() throws IOException {
        position = piece.length;
        while (next()) {
            position = piece.length;
        }
    }
}
