// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The records that come in on a connection, for one request at a time: management records and a second request are
 * answered on the way (FastCGI 1.0, sections 4 and 5.1), FCGI_ABORT_REQUEST becomes an {@link AbortedException}.
 */
final class Incoming {
    private static final int NONE = 0;
    /** How much of a body {@link #pause} holds; beyond it the sender is held back, and an abort behind it isn't seen. */
    private static final int MAX_AHEAD = 256 * 1024;

    private final Wire wire;
    private final RecordReader reader;
    private final RecordWriter writer;
    private final Map<String, String> values;
    private int current = NONE;
    private final Deque<FcgiRecord> ahead = new ArrayDeque<>();
    private int aheadBytes;

    Incoming(Wire wire, RecordWriter writer, Map<String, String> values) {
        this.wire = wire;
        this.reader = new RecordReader(wire);
        this.writer = writer;
        this.values = values;
    }

    /** The FCGI_BEGIN_REQUEST of the next request. */
    FcgiRecord begin() throws IOException {
        FcgiRecord begin = next(Fcgi.BEGIN_REQUEST);
        if (begin.content().length != 8) {
            throw new ProtocolException("FCGI_BEGIN_REQUEST with " + begin.content().length + " bytes, must be 8");
        }
        current = begin.id();
        return begin;
    }

    /** The request is over; what still comes for it is ignored. */
    void ended() {
        current = NONE;
    }

    /** The next record of that type for the request under way. */
    FcgiRecord next(int type) throws IOException {
        while (true) {
            FcgiRecord found = ahead.isEmpty() ? ours(reader.next()) : takeAhead();
            if (found == null) {
                continue;
            }
            if (found.type() == type) {
                return found;
            }
            if (current != NONE) {
                throw new ProtocolException("a record of type " + found.type() + " where one of " + type + " is due");
            }
        }
    }

    /** Waits that long, unless the request is aborted or its connection lost. */
    void pause(long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        while (aheadBytes < MAX_AHEAD && wire.awaitInput(deadline - System.nanoTime())) {
            putAhead(ours(reader.next()));
        }
        for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void putAhead(FcgiRecord found) {
        if (found != null) {
            ahead.add(found);
            aheadBytes += Fcgi.HEADER_LENGTH + found.content().length;
        }
    }

    private FcgiRecord takeAhead() {
        FcgiRecord taken = ahead.remove();
        aheadBytes -= Fcgi.HEADER_LENGTH + taken.content().length;
        return taken;
    }

    private FcgiRecord ours(FcgiRecord found) throws IOException {
        if (found.isManagement()) {
            manage(found);
            return null;
        }
        if (found.type() == Fcgi.BEGIN_REQUEST && current != NONE) {
            writer.end(found.id(), 0, Fcgi.CANT_MPX_CONN);
            return null;
        }
        if (current != NONE && found.id() != current) {
            return null;
        }
        if (found.type() == Fcgi.ABORT_REQUEST && current != NONE) {
            throw new AbortedException();
        }
        return found;
    }

    private void manage(FcgiRecord found) throws IOException {
        if (found.type() == Fcgi.GET_VALUES) {
            Map<String, String> answer = new LinkedHashMap<>();
            Pairs.decode(found.content()).keySet().stream()
                    .filter(values::containsKey)
                    .forEach(name -> answer.put(name, values.get(name)));
            writer.write(Fcgi.GET_VALUES_RESULT, 0, Pairs.encode(answer));
        } else {
            writer.write(
                    Fcgi.UNKNOWN_TYPE,
                    0,
                    (byte) found.type(),
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0);
        }
    }
}
