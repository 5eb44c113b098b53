// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.fastcgi.transport.LinkListener;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.List;

/** The channel behind a worker link. */
public final class LinkConnection extends ChannelInboundHandlerAdapter {
    private static final List<String> VARIABLES = List.of(FastCgi.MAX_CONNS, FastCgi.MAX_REQS, FastCgi.MPXS_CONNS);
    /** Parameters up to this are copied between their headers: one buffer to send instead of three. */
    private static final int COPY_LIMIT = 4096;

    /** Room for FCGI_GET_VALUES with those names. */
    private static final int VALUES_LENGTH = 128;

    private final LinkListener listener;
    private final RecordDecoder decoder = new RecordDecoder();
    private final LinkRecords records;
    private ChannelHandlerContext ctx;
    private RecordWriter writer;
    private boolean connected;
    private boolean flushWaits;
    private boolean closeWaits;
    private boolean outputLost;
    private boolean over;
    private int id;
    private FastCgiException fault;
    private Throwable cause;

    public LinkConnection(LinkListener listener) {
        this.listener = listener;
        this.records = new LinkRecords(listener);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        writer = new RecordWriter(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        writer.release();
    }

    public void connect(SocketAddress address) {
        if (over && !closeWaits) {
            return;
        }
        ctx.connect(address).addListener((ChannelFutureListener) done -> {
            if (!done.isSuccess()) {
                lost(done.cause());
                ctx.close();
            }
        });
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connected = true;
        if (closeWaits) {
            sendAndClose();
        } else if (flushWaits) {
            writer.flush();
        }
        if (!over) {
            listener.onConnected();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!over) {
                decode(in);
            }
        } finally {
            in.release();
        }
    }

    /**
     * What a worker sends when it was asked for nothing is no part of an answer, be it a whole record or a byte of one: a
     * process that shares its connection may have sent it. The end of an answer is handed over last, as the listener may
     * begin the next request then, to which nothing that came before belongs.
     */
    private void decode(ByteBuf in) {
        try {
            decoder.decode(in, records);
            if (records.isQuiet() && decoder.isWithinHeader()) {
                throw new FastCgiException("bytes from the worker while no request is under way");
            }
        } catch (FastCgiException e) {
            fault = e;
        }
        records.handOver(fault == null);
        if (fault != null) {
            lost(fault);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!over) {
            listener.onWorkerReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!over && ctx.channel().isWritable()) {
            listener.onWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelOutputShutdownEvent.INSTANCE && !over) {
            // what is written now is dropped, so nobody needs to wait for room
            outputLost = true;
            listener.onWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (!(thrown instanceof IOException)) {
            lost(thrown);
        } else if (cause == null && !(thrown instanceof ClosedChannelException)) {
            // a failed write: the answer may still come, and the end of the connection does
            cause = thrown;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (cause == null && !decoder.isAtBoundary()) {
            cause = new FastCgiException("the worker closed the connection within a record");
        }
        lost(cause);
    }

    private void lost(Throwable why) {
        if (!over) {
            close();
            listener.onClosed(why);
        }
    }

    public void close() {
        over = true;
        records.stop();
        ctx.close();
    }

    public void closeWhenSent() {
        if (over) {
            return;
        }
        over = true;
        records.stop();
        // the end of the connection has to be seen, should the worker not read it all
        ctx.channel().config().setAutoRead(true);
        if (connected) {
            sendAndClose();
        } else {
            closeWaits = true;
        }
    }

    private void sendAndClose() {
        writer.flushed().addListener(ChannelFutureListener.CLOSE);
    }

    public boolean isOpen() {
        return !over && ctx.channel().isOpen();
    }

    public boolean isAtBoundary() {
        return decoder.isAtBoundary();
    }

    public FastCgiException fault() {
        return fault;
    }

    public boolean isWritable() {
        return outputLost || ctx.channel().isWritable();
    }

    public void getValues() {
        records.valuesAsked();
        if (over) {
            return;
        }
        RecordEncoder.getValues(writer.room(VALUES_LENGTH), VARIABLES);
        flush();
    }

    public void begin(int requestId, Role role, boolean keepConnection, Params params) {
        records.begin(requestId);
        id = requestId;
        if (over) {
            return;
        }
        int length = params.length();
        ByteBuf block = length > COPY_LIMIT && length <= FastCgi.MAX_CONTENT_LENGTH ? params.retainedBlock() : null;
        // one record for each 32 KiB at worst, as no two neighbours fit one record together
        int headers = 4 + (block == null ? length / (FastCgi.MAX_CONTENT_LENGTH / 2) : 0);
        ByteBuf out =
                writer.room(headers * FastCgi.HEADER_LENGTH + FastCgi.FIXED_BODY_LENGTH + (block == null ? length : 0));
        RecordEncoder.beginRequest(out, id, role, keepConnection);
        if (block == null) {
            RecordEncoder.params(out, id, params);
            return;
        }
        RecordEncoder.header(out, RecordType.PARAMS, id, length, 0);
        writer.raw(block);
        endOfStream(RecordType.PARAMS);
    }

    public void body(RecordType stream, ByteBuf content) {
        if (records.isActive() && !over) {
            writer.stream(stream, id, content);
        } else {
            content.release();
        }
    }

    public void bodyEnd(RecordType stream) {
        if (records.isActive() && !over) {
            endOfStream(stream);
        }
    }

    public void abort() {
        if (records.isActive() && !over) {
            RecordEncoder.abortRequest(writer.room(FastCgi.HEADER_LENGTH), id);
        }
    }

    private void endOfStream(RecordType stream) {
        RecordEncoder.endOfStream(writer.room(FastCgi.HEADER_LENGTH), stream, id);
    }

    /** Flushing before the connection is there would drop what was written. */
    public void flush() {
        if (connected) {
            writer.flush();
        } else {
            flushWaits = true;
        }
    }
}
