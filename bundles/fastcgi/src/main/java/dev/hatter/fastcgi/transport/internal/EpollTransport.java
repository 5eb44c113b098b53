// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** Linux' epoll by Netty's native library. The only class that touches it: its packages are optional. */
final class EpollTransport implements Transport {
    private EpollTransport() {}

    /**
     * @throws LinkageError when the native library is missing or does not fit this machine
     */
    static Transport create() {
        Epoll.ensureAvailability();
        return new EpollTransport();
    }

    @Override
    public String name() {
        return "epoll";
    }

    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, LongSupplier busyWait) {
        return new MultiThreadIoEventLoopGroup(
                threads, threadFactory, EpollIoHandler.newFactory(0, () -> new BusyWait(busyWait)));
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannels(boolean unix) {
        return unix ? EpollServerDomainSocketChannel::new : EpollServerSocketChannel::new;
    }

    @Override
    public ChannelFactory<? extends Channel> clientChannels(boolean unix) {
        return unix ? EpollDomainSocketChannel::new : EpollSocketChannel::new;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toString());
    }
}
