// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.ListenAddress;
import dev.hatter.fastcgi.transport.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Binds a listening socket whose connections all go to one event loop. Blocking, so never on that loop. */
public final class Binding {
    private static final Logger LOG = LoggerFactory.getLogger(Binding.class);
    private static final String EVERY_V6 = "::";
    private static final String EVERY_V4 = "0.0.0.0";

    /**
     * Bytes of an answer that the kernel may hold for a web server on a Unix socket; it allows twice net.core.wmem_max at
     * most. With its default, an answer of 1 MB goes out in many small steps, each of which waits for the web server. Not
     * for TCP, where the kernel finds the size by itself as long as none is set.
     */
    private static final int UNIX_SEND_BUFFER = 1024 * 1024;

    private final ListenAddress address;
    private final ServerBootstrap bootstrap;

    public Binding(Transport transport, EventLoop loop, ListenAddress address, int backlog, Door door) {
        this.address = address;
        // named by type: an overload for another ChannelFactory is deprecated
        ChannelFactory<? extends ServerChannel> channels = transport.serverChannels(address.isUnix());
        bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(channels)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ReadBuffers.INSTANCE)
                .childHandler(new Acceptor(door));
        if (address.isUnix()) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, UNIX_SEND_BUFFER);
        } else {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true);
        }
    }

    /** A TCP socket. A port alone means every address of IPv6 and IPv4, or of IPv4 where there is no IPv6. */
    public Channel bindTcp() throws IOException {
        if (address.host() != null) {
            return bind(new InetSocketAddress(resolve(address.host()), address.port()));
        }
        ChannelFuture both = await(new InetSocketAddress(EVERY_V6, address.port()));
        if (both.isSuccess()) {
            return both.channel();
        }
        if (BindError.isFinal(both.cause())) {
            throw BindError.of(address, both.cause());
        }
        LOG.info(
                "[listen {}] no IPv6 ({}), listening on {}",
                address,
                both.cause().getMessage(),
                EVERY_V4);
        return bind(new InetSocketAddress(EVERY_V4, address.port()));
    }

    /** A socket of any kind. */
    public Channel bind(SocketAddress socketAddress) throws IOException {
        ChannelFuture bound = await(socketAddress);
        if (!bound.isSuccess()) {
            throw BindError.of(address, bound.cause());
        }
        return bound.channel();
    }

    private ChannelFuture await(SocketAddress socketAddress) {
        return bootstrap.bind(socketAddress).awaitUninterruptibly();
    }

    private InetAddress resolve(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("cannot listen on " + address + ": no address is known for the host " + host, e);
        }
    }

    private static final class Acceptor extends ChannelInitializer<Channel> {
        private final Door door;

        Acceptor(Door door) {
            this.door = door;
        }

        @Override
        protected void initChannel(Channel channel) {
            door.accept(channel);
        }
    }
}
