// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** The JDK's own sockets. */
final class NioTransport implements Transport {
    @Override
    public String name() {
        return "nio";
    }

    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, LongSupplier busyWait) {
        return new MultiThreadIoEventLoopGroup(
                threads,
                threadFactory,
                NioIoHandler.newFactory(SelectorProvider.provider(), () -> new BusyWait(busyWait)));
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannels(boolean unix) {
        return unix ? NioServerDomainSocketChannel::new : NioServerSocketChannel::new;
    }

    @Override
    public ChannelFactory<? extends Channel> clientChannels(boolean unix) {
        return unix ? NioDomainSocketChannel::new : NioSocketChannel::new;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return UnixDomainSocketAddress.of(path);
    }
}
