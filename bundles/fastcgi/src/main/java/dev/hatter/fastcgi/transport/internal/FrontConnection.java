// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.FixedBody;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One connection of a web server: bytes to records, requests on their way, and an end that loses no answer. */
final class FrontConnection extends ChannelInboundHandlerAdapter {
    /**
     * Bytes of answers above what the channel should hold, after which nothing more is read. What workers send stops at the
     * channel's own mark; this stops a peer that asks for many small answers and takes none.
     */
    private static final long MAX_UNTAKEN_ANSWERS = 128 * 1024;

    /** So long a connection may be quiet once the door is to close. */
    private static final long QUIET_MILLIS = 300;

    /** Room for the answer to FCGI_GET_VALUES: three names and numbers. */
    private static final int VALUES_LENGTH = 128;

    private enum State {
        OPEN,
        /** The last answer is on its way; nothing more is expected. */
        CLOSING,
        /** All was sent and our side is closed; what still comes is thrown away, for a while. */
        LINGERING,
        CLOSED
    }

    private final Door door;
    private final RecordDecoder decoder = new RecordDecoder();
    private final FrontRecords records = new FrontRecords(this);
    private final RequestTable requests = new RequestTable();
    /** Of requests that were given up without FCGI_END_REQUEST: for the web server they are still under way. */
    private Set<Integer> withheld = Set.of();

    private final ConnectionClock clock;
    private ChannelHandlerContext ctx;
    private RecordWriter writer;
    private State state = State.OPEN;
    private String lostReason;
    private boolean closeAfterLast;
    private boolean answered;
    private boolean untaken;
    private int pauses;

    FrontConnection(Door door) {
        this.door = door;
        this.clock = new ConnectionClock(door.now());
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

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (state == State.OPEN) {
                clock.received(door.now());
                decoder.decode(in, records);
            }
        } catch (FastCgiException e) {
            warn("connection closed: " + e.getMessage());
            abandon("protocol violation by the web server: " + e.getMessage());
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        requests.forEach(Exchange::onFrontReadComplete);
        if (answered) {
            answered = false;
            writer.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (ctx.channel().isWritable()) {
            untaken = false;
            readOrNot();
            requests.forEach(Exchange::onWritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSED;
        records.release();
        String reason = lostReason == null ? "the web server closed the connection" : lostReason;
        requests.drainTo(exchange -> exchange.onConnectionLost(reason));
        door.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            abandon("connection lost: " + cause.getMessage());
        } else {
            door.error("connection of " + remoteAddress() + " closed after an internal error", cause);
            abandon("internal error: " + cause);
        }
    }

    Exchange find(int id) {
        return requests.find(id);
    }

    int requests() {
        return requests.size();
    }

    boolean isClosing() {
        return state != State.OPEN;
    }

    boolean isWritable() {
        return ctx.channel().isWritable();
    }

    long pendingBytes() {
        ChannelOutboundBuffer pending = ctx.channel().unsafe().outboundBuffer();
        return pending == null ? 0 : pending.totalPendingWriteBytes() + writer.held();
    }

    Door door() {
        return door;
    }

    ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    SocketAddress remoteAddress() {
        return door.printable(ctx.channel().remoteAddress());
    }

    void begin(int id, FixedBody body) {
        Exchange exchange = new Exchange(this, id, Role.of(body.role()), body.keepConnection());
        requests.add(exchange);
        if (exchange.role() == null) {
            warn("request " + id + " asks for role " + body.role() + "; 1 to 3 are known");
            exchange.end(0, ProtocolStatus.UNKNOWN_ROLE);
        } else if (requests.size() + withheld.size() > door.limits().maxRequestsPerConnection()) {
            exchange.refuseForLackOfRoom("more than " + door.limits().maxRequestsPerConnection()
                    + " requests are under way on its connection");
        }
    }

    /** Whether the web server may not begin a request with that id. */
    boolean isUsed(int id) {
        return find(id) != null || withheld.contains(id);
    }

    /** FCGI_ABORT_REQUEST for a request that may have been given up here before: the web server doesn't wait any more. */
    void abortWithheld(int id) {
        if (withheld.contains(id)) {
            withheld.remove(id);
            RecordEncoder.endRequest(
                    writer.room(FastCgi.HEADER_LENGTH + FastCgi.FIXED_BODY_LENGTH),
                    id,
                    1,
                    ProtocolStatus.REQUEST_COMPLETE);
            answered();
        }
    }

    void answerUnknownType(int type) {
        RecordEncoder.unknownType(writer.room(FastCgi.HEADER_LENGTH + FastCgi.FIXED_BODY_LENGTH), type);
        answered();
    }

    void answerValues(Params names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = door.value(names.name(i));
            if (value != null) {
                values.put(names.name(i), value);
            }
        }
        RecordEncoder.getValuesResult(writer.room(VALUES_LENGTH), values);
        answered();
    }

    private void answered() {
        answered = true;
        stopWhenUntaken();
    }

    void write(RecordType stream, int id, ByteBuf content) {
        writer.stream(stream, id, content);
    }

    /** To append records of so many bytes to. */
    ByteBuf room(int bytes) {
        return writer.room(bytes);
    }

    void flush() {
        writer.flush();
    }

    void pause(boolean more) {
        pauses += more ? 1 : -1;
        readOrNot();
    }

    private void stopWhenUntaken() {
        if (ctx.channel().bytesBeforeWritable() > MAX_UNTAKEN_ANSWERS) {
            untaken = true;
            readOrNot();
        }
    }

    private void readOrNot() {
        boolean read = state != State.OPEN || pauses == 0 && !untaken;
        if (read && !ctx.channel().config().isAutoRead()) {
            // the pause does not count as the web server's silence
            clock.received(door.now());
        }
        ctx.channel().config().setAutoRead(read);
    }

    /** A request is over; what ends it was written. */
    void ended(Exchange exchange) {
        requests.remove(exchange);
        clock.ended(door.now());
        closeAfterLast |= !exchange.keepConnection();
        closeOrGoOn(exchange);
    }

    /**
     * A request is over without its end: the web server sees the connection break off once it is the only one. Where a part
     * of its answer was sent, an empty FCGI_GET_VALUES_RESULT goes before the end of the connection: nginx takes an end alone
     * for the end of the answer, and would pass on, or keep in a cache, half of it as the whole. (What is no record at all
     * makes HAProxy do that.) A php-fpm worker that dies leaves them a reset connection, which a Unix socket can't be asked
     * for. Where nothing was sent, nginx asks another server only after an end alone.
     */
    void failed(Exchange exchange, boolean partly) {
        requests.remove(exchange);
        clock.ended(door.now());
        if (withheld.isEmpty()) {
            withheld = new HashSet<>();
        }
        withheld.add(exchange.id());
        if (partly && requests.isEmpty() && state == State.OPEN) {
            RecordEncoder.endOfStream(
                    writer.room(FastCgi.HEADER_LENGTH), RecordType.GET_VALUES_RESULT, FastCgi.NULL_REQUEST_ID);
        }
        closeOrGoOn(exchange);
    }

    private void closeOrGoOn(Exchange last) {
        boolean toClose = closeAfterLast || door.isDraining() || !withheld.isEmpty();
        if (requests.isEmpty() && toClose && state == State.OPEN) {
            closeAfterLast(last.inputComplete() && decoder.isAtBoundary());
        } else {
            writer.flush();
            stopWhenUntaken();
        }
    }

    /**
     * Closes after the last request, or soon if none is under way: one may just be on its way, which its web server could
     * not know to be too late.
     */
    void drain() {
        ctx.channel().eventLoop().schedule(this::closeIfIdle, QUIET_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void closeIfIdle() {
        if (requests.isEmpty() && decoder.isAtBoundary() && state == State.OPEN) {
            closeAfterLast(true);
        }
    }

    /** Closes now; requests under way hear the reason. */
    void abandon(String reason) {
        if (state != State.CLOSED && lostReason == null) {
            lostReason = reason;
            state = State.CLOSING;
            ctx.close();
        }
    }

    /**
     * Closing a socket that has bytes unread, or gets some later, makes the kernel throw away what the peer has not read yet.
     * So only when all of its input has come the socket is closed at once.
     */
    private void closeAfterLast(boolean inputComplete) {
        state = State.CLOSING;
        readOrNot();
        ChannelFuture sent = writer.flushed();
        if (inputComplete) {
            sent.addListener(done -> ctx.close());
        } else {
            sent.addListener(done -> linger());
        }
    }

    private void linger() {
        if (state == State.CLOSING) {
            state = State.LINGERING;
            clock.lingers(door.now());
            ((DuplexChannel) ctx.channel()).shutdownOutput();
        }
    }

    /** Called by the door from time to time. */
    void checkTimeouts(long now) {
        if (state == State.LINGERING) {
            if (clock.lingersTooLong(now, door.timeouts())) {
                ctx.close();
            }
            return;
        }
        String overdue =
                clock.overdue(now, door.timeouts(), ctx.channel().unsafe().outboundBuffer(), requests);
        if (overdue != null) {
            if (requests.isEmpty() && clock.hasServed()) {
                door.debug("connection of " + remoteAddress() + " closed: " + overdue);
            } else {
                warn("connection closed: " + overdue);
            }
            abandon(overdue);
            return;
        }
        requests.forEach(exchange -> checkParams(exchange, now));
    }

    private void checkParams(Exchange exchange, long now) {
        if (exchange.waitsForParams()
                && now - exchange.begun() > door.timeouts().begin().toNanos()) {
            warn("request " + exchange.id() + " refused with status 408: its parameters did not come within "
                    + door.timeouts().begin().toMillis() + " ms");
            exchange.refuse(ErrorPage.REQUEST_TIMEOUT, "Request Timeout");
        }
    }

    void warn(String what) {
        door.warn("client " + remoteAddress() + ": " + what);
    }
}
