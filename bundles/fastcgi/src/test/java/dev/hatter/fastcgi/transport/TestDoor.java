// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A front door on an event loop of its own, in a directory of its own. */
final class TestDoor implements AutoCloseable {
    final Sockets sockets;
    final Path directory;
    final EventLoopGroup group;
    final EventLoop loop;
    final FrontDoor door;

    TestDoor(Sockets sockets, RequestHandler handler) throws IOException {
        this(sockets, FrontSettings.defaults(), handler);
    }

    TestDoor(Sockets sockets, FrontSettings settings, RequestHandler handler) throws IOException {
        this.sockets = sockets;
        directory = Files.createTempDirectory("hatter");
        group = sockets.transport().newGroup(1, new DefaultThreadFactory("door"));
        loop = group.next();
        door = FrontDoor.open(sockets.transport(), loop, sockets.address(directory), settings, handler);
    }

    RawClient connect() throws IOException {
        return new RawClient(socketAddress());
    }

    SocketAddress socketAddress() {
        ListenAddress address = door.address();
        return address.isUnix()
                ? UnixDomainSocketAddress.of(address.path())
                : new InetSocketAddress(address.host(), address.port());
    }

    /** A link to this door, which plays a worker then. */
    WorkerLink link(EventLoop on, LinkListener listener) throws Exception {
        return on.submit(() -> sockets.isUnix()
                        ? WorkerLink.connect(
                                sockets.transport(), on, door.address().path(), listener)
                        : WorkerLink.connect(sockets.transport(), on, (InetSocketAddress) socketAddress(), listener))
                .get();
    }

    @Override
    public void close() throws IOException {
        door.close().orTimeout(30, TimeUnit.SECONDS).join();
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        // also tells of a socket file or a temporary directory that was left behind
        Files.delete(directory);
    }
}
