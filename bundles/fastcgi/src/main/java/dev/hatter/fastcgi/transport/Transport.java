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
import java.util.function.LongSupplier;
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

    /** The same, whose loops go to sleep at once when there is nothing to do. */
    default EventLoopGroup newGroup(int threads, ThreadFactory threadFactory) {
        return newGroup(threads, threadFactory, () -> 0);
    }

    /**
     * New event loops, for sockets of this transport only. Whoever asked for them shuts them down.
     *
     * @param busyWait nanoseconds for which a loop may look for events before it goes to sleep, 0 for none: it does as long
     *     as that pays, and offers the processor to others meanwhile. Asked often, by the loops' threads
     */
    EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, LongSupplier busyWait);

    /** Makes listening sockets, for Unix or for TCP. */
    ChannelFactory<? extends ServerChannel> serverChannels(boolean unix);

    /** Makes connecting sockets, for Unix or for TCP. */
    ChannelFactory<? extends Channel> clientChannels(boolean unix);

    /** The address of a Unix socket as this transport wants it; the path is taken as it is, not resolved. */
    SocketAddress unixAddress(Path path);
}
