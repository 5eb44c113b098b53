// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.transport.internal.Transports;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import org.osgi.annotation.versioning.ProviderType;

/** The way to sockets: native epoll or NIO. Both know TCP over IPv4 and IPv6 and Unix sockets. Thread-safe. */
@ProviderType
public interface Transport {
    /** Native epoll where it is installed and loads, else NIO. */
    static Transport best() {
        return Transports.best();
    }

    /** NIO, which is always there. */
    static Transport nio() {
        return Transports.nio();
    }

    /** "epoll" or "nio". */
    String name();

    /** New event loops, for sockets of this transport only. Whoever asked for them shuts them down. */
    EventLoopGroup newGroup(int threads, ThreadFactory threadFactory);

    /** Makes listening sockets, for Unix or for TCP. */
    ChannelFactory<? extends ServerChannel> serverChannels(boolean unix);

    /** Makes connecting sockets, for Unix or for TCP. */
    ChannelFactory<? extends Channel> clientChannels(boolean unix);

    /** The address of a Unix socket as this transport wants it; the path is taken as it is, not resolved. */
    SocketAddress unixAddress(Path path);
}
