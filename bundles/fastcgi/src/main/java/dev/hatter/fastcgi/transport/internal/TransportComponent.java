// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Component;

/** The best transport as a service: who uses it stops when this bundle does, rather than running on in its classes. */
@Component(service = Transport.class)
public final class TransportComponent implements Transport {
    private final Transport transport = Transports.best();

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, LongSupplier busyWait) {
        return transport.newGroup(threads, threadFactory, busyWait);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannels(boolean unix) {
        return transport.serverChannels(unix);
    }

    @Override
    public ChannelFactory<? extends Channel> clientChannels(boolean unix) {
        return transport.clientChannels(unix);
    }

    @Override
    public SocketAddress unixAddress(Path path) {
        return transport.unixAddress(path);
    }
}
