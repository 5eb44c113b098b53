// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Serves a connection: one request after the other, as long as the web server keeps it (FCGI_KEEP_CONN). */
final class Connection implements AutoCloseable {
    /** More parameters than any web server sends; the limit keeps a stranger from filling the heap. */
    static final int MAX_PARAMS = 1 << 20;

    private final Wire wire;
    private final RecordWriter writer;
    private final Incoming incoming;
    private final Site site;
    private final AtomicLong requests;
    private boolean stopping;
    private boolean busy;

    Connection(SocketChannel channel, Site site, AtomicLong requests, Map<String, String> values) throws IOException {
        this.wire = new Wire(channel);
        this.writer = new RecordWriter(wire);
        this.incoming = new Incoming(wire, writer, values);
        this.site = site;
        this.requests = requests;
    }

    /** Returns when the connection is over. */
    void serve() throws IOException {
        boolean keep = true;
        while (keep) {
            FcgiRecord begin = incoming.begin();
            keep = enter() && serve(begin);
            incoming.ended();
            keep &= leave();
        }
    }

    private synchronized boolean enter() {
        busy = !stopping;
        return busy;
    }

    private synchronized boolean leave() {
        busy = false;
        return !stopping;
    }

    private boolean serve(FcgiRecord begin) throws IOException {
        boolean keep = (begin.unsigned(2) & Fcgi.KEEP_CONN) != 0;
        int role = begin.unsigned(0) << 8 | begin.unsigned(1);
        if (role != Fcgi.RESPONDER) {
            writer.end(begin.id(), 0, Fcgi.UNKNOWN_ROLE);
            return keep;
        }
        try {
            answer(begin.id());
        } catch (AbortedException e) {
            writer.end(begin.id(), 1, Fcgi.REQUEST_COMPLETE);
        }
        return keep;
    }

    private void answer(int id) throws IOException {
        Map<String, String> params = params();
        Body body = new Body(incoming);
        // closed only when all went well: a page that hangs up must not be made to look complete
        RecordOutput stdout = new RecordOutput(writer, Fcgi.STDOUT, id);
        RecordOutput stderr = new RecordOutput(writer, Fcgi.STDERR, id);
        Query query = new Query(params.getOrDefault("QUERY_STRING", ""));
        site.answer(new Request(requests.incrementAndGet(), params, query, body, stdout, stderr, incoming, writer));
        stderr.close();
        stdout.close();
        body.drain();
        writer.end(id, 0, Fcgi.REQUEST_COMPLETE);
    }

    private Map<String, String> params() throws IOException {
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        byte[] piece = incoming.next(Fcgi.PARAMS).content();
        while (piece.length > 0) {
            collected.writeBytes(piece);
            if (collected.size() > MAX_PARAMS) {
                throw new ProtocolException("more than " + MAX_PARAMS + " bytes of parameters");
            }
            piece = incoming.next(Fcgi.PARAMS).content();
        }
        return Pairs.decode(collected.toByteArray());
    }

    /** From another thread: no further request; closes the connection now when none is under way. */
    synchronized void stop() throws IOException {
        stopping = true;
        if (!busy) {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
