// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.fastcgi.transport.internal.LinkConnection;
import dev.hatter.fastcgi.transport.internal.ReadBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;

/**
 * A connection to a worker, for one request at a time. To be used on its event loop only; nothing here
 * blocks. What is written before the connection is there waits for it; what is written after it was lost is dropped.
 */
public final class WorkerLink {
    private final Channel channel;
    private final LinkConnection connection;

    private WorkerLink(Channel channel, LinkConnection connection) {
        this.channel = channel;
        this.connection = connection;
    }

    /**
     * Connects to a worker's Unix socket. Returns at once; the listener hears nothing before this returned.
     *
     * @param loop of a group that this transport made; the caller is on it
     * @param unixSocket taken as it is, neither resolved nor normalised
     */
    public static WorkerLink connect(Transport transport, EventLoop loop, Path unixSocket, LinkListener listener) {
        return connect(transport, loop, transport.unixAddress(unixSocket), true, listener);
    }

    /** Connects by TCP; otherwise as the other. */
    public static WorkerLink connect(
            Transport transport, EventLoop loop, InetSocketAddress address, LinkListener listener) {
        return connect(transport, loop, address, false, listener);
    }

    private static WorkerLink connect(
            Transport transport, EventLoop loop, SocketAddress address, boolean unix, LinkListener listener) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("a WorkerLink is made and used on its event loop");
        }
        Channel channel = transport.clientChannels(unix).newChannel();
        // a worker may answer and close before it has read everything: its answer is still to be read then
        channel.config().setOption(ChannelOption.AUTO_CLOSE, false);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, ReadBuffers.INSTANCE);
        LinkConnection connection = new LinkConnection(listener);
        channel.pipeline().addLast(connection);
        loop.register(channel);
        loop.execute(() -> connection.connect(address));
        return new WorkerLink(channel, connection);
    }

    /** Asks for FCGI_MAX_CONNS, FCGI_MAX_REQS and FCGI_MPXS_CONNS; the answer is {@link LinkListener#onValues}. */
    public void getValues() {
        connection.getValues();
    }

    /** Begins a request with id 1, as most web servers do; otherwise as the other. */
    public void begin(Role role, boolean keepConnection, Params params) {
        begin(1, role, keepConnection, params);
    }

    /**
     * Begins a request, with all its parameters. Not flushed.
     *
     * @param id 1 to 65535; where each request has another, what a worker still sends for the last one isn't taken for an
     *     answer to this one
     * @param params stay owned by the caller
     * @throws IllegalStateException while another request is under way
     */
    public void begin(int id, Role role, boolean keepConnection, Params params) {
        connection.begin(id, role, keepConnection, params);
    }

    /** Sends a piece of STDIN or DATA; takes ownership; dropped when no request is under way. Not flushed. */
    public void body(RecordType stream, ByteBuf content) {
        connection.body(stream, content);
    }

    /** Ends STDIN or DATA. Not flushed. */
    public void bodyEnd(RecordType stream) {
        connection.bodyEnd(stream);
    }

    /** Sends FCGI_ABORT_REQUEST, if a request is under way. Not flushed. */
    public void abort() {
        connection.abort();
    }

    public void flush() {
        connection.flush();
    }

    /** Whether it takes more without piling it up. When false, {@link LinkListener#onWritable()} follows. */
    public boolean isWritable() {
        return connection.isWritable();
    }

    /** Stops (true) or resumes (false) reading; what has been read already still arrives. */
    public void pauseReading(boolean paused) {
        channel.config().setAutoRead(!paused);
    }

    /** Closes it; the listener hears nothing more. What was written and has not reached the kernel is dropped. */
    public void close() {
        connection.close();
    }

    /**
     * Sends what was written, then closes: the worker reads all of the request and finds nobody there when it answers. The
     * listener hears nothing more.
     */
    public void closeWhenSent() {
        connection.closeWhenSent();
    }

    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether the last record that came is complete, with its padding: what follows can be the next request's. */
    public boolean isAtBoundary() {
        return connection.isAtBoundary();
    }

    /**
     * What the worker has sent that FastCGI doesn't allow; null for nothing. {@link LinkListener#onClosed} follows, but an
     * answer that was complete before it is handed over first: in {@link LinkListener#onEnd} it is known already.
     */
    public FastCgiException fault() {
        return connection.fault();
    }
}
