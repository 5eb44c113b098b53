// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks.jmh;

import dev.hatter.fastcgi.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** Connections within the JVM, so that no system call is measured. */
final class MemoryTransport implements Transport {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, LongSupplier busyWait) {
        return new MultiThreadIoEventLoopGroup(threads, threadFactory, LocalIoHandler.newFactory());
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannels(boolean unix) {
        return LocalServerChannel::new;
    }

    @Override
    public ChannelFactory<? extends Channel> clientChannels(boolean unix) {
        return LocalChannel::new;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return new LocalAddress(path.toString());
    }
}
