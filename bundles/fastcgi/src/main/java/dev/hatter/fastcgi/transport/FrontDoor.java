// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.transport.internal.Binding;
import dev.hatter.fastcgi.transport.internal.Door;
import dev.hatter.fastcgi.transport.internal.UnixSocketFile;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for web servers and hands their requests to a handler. All connections live on the one event loop it was opened
 * with; the handler and the listeners are called there. The methods here can be called from any thread, unless they say
 * otherwise.
 */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /** How long those that have connected to a Unix socket may wait to be accepted once its file is gone. */
    private static final long LAST_CONNECTIONS_MILLIS = 100;

    private final EventLoop loop;
    private final ListenAddress address;
    private final Door door;
    private final Channel listening;
    private final UnixSocketFile file;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private FrontSettings settings;

    private FrontDoor(
            EventLoop loop,
            ListenAddress address,
            Door door,
            Channel listening,
            UnixSocketFile file,
            FrontSettings settings) {
        this.loop = loop;
        this.address = address;
        this.door = door;
        this.listening = listening;
        this.file = file;
        this.settings = settings;
    }

    /**
     * Binds and begins to accept. Blocks, so it must not be called on an event loop.
     *
     * @param loop of a group that this transport made
     * @throws IOException when the address can't be had; the message names it, the reason, and what to do
     */
    public static FrontDoor open(
            Transport transport, EventLoop loop, ListenAddress address, FrontSettings settings, RequestHandler handler)
            throws IOException {
        if (loop.inEventLoop()) {
            throw new IllegalStateException("FrontDoor.open blocks and must not be called on its event loop");
        }
        Door door = new Door(loop, address, settings, handler);
        Binding binding = new Binding(transport, loop, address, settings.backlog(), door);
        if (!address.isUnix()) {
            Channel bound = binding.bindTcp();
            int port = ((InetSocketAddress) bound.localAddress()).getPort();
            return new FrontDoor(loop, address.withPort(port), door, bound, null, settings);
        }
        UnixSocketFile file = new UnixSocketFile(address.path());
        Channel bound = file.create(
                settings.unixRights(),
                temporary -> binding.bind(transport.unixAddress(temporary)),
                channel -> channel.close().awaitUninterruptibly());
        return new FrontDoor(loop, address, door, bound, file, settings);
    }

    /** Where it listens, with the real port. */
    public ListenAddress address() {
        return address;
    }

    /** Connections open now. */
    public int connections() {
        return door.open();
    }

    /** Connections accepted since it was opened, also those that were turned away. */
    public long acceptedConnections() {
        return door.accepted();
    }

    /**
     * Takes over everything that can change while open: all but the backlog. Rights of a Unix socket change without a gap.
     * They count when this returns. May block on a look-up of names, so for a Unix socket it is better not called on an
     * event loop.
     *
     * @throws IOException when the rights of the Unix socket can't be set; nothing else has changed then
     */
    public synchronized void applySettings(FrontSettings newSettings) throws IOException {
        if (file != null) {
            file.change(settings.unixRights(), newSettings.unixRights());
        }
        settings = newSettings;
        if (loop.inEventLoop()) {
            door.apply(newSettings);
        } else {
            loop.submit(() -> door.apply(newSettings)).syncUninterruptibly();
        }
    }

    /**
     * Closes the listening socket, and removes its file unless another has taken its place. Connections live on. A Unix
     * socket's file goes first, and what has connected to it by then is still accepted; a TCP socket can't be closed to
     * new connections alone, so the kernel resets those that wait.
     *
     * @return done when nobody can connect any more
     */
    public CompletableFuture<Void> stopAccepting() {
        removeFile();
        if (address.isUnix()) {
            loop.schedule(this::stopListening, LAST_CONNECTIONS_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            stopListening();
        }
        return stopped.copy();
    }

    private void stopListening() {
        // NIO closes a socket for the system only in the select after, so this is not over with the close
        listening.close().addListener(closed -> loop.schedule(() -> stopped.complete(null), 1, TimeUnit.MILLISECONDS));
    }

    /**
     * Stops accepting, lets requests under way finish, and closes each connection as soon as it has none.
     *
     * @return done when the last connection is closed
     */
    public CompletableFuture<Void> drain() {
        return stopAccepting().thenCompose(done -> onLoop(door::drain));
    }

    /**
     * Stops accepting and closes every connection; listeners of requests under way hear it as an abort.
     *
     * @return done when all is closed
     */
    public CompletableFuture<Void> close() {
        removeFile();
        stopListening();
        return stopped.thenCompose(done -> onLoop(door::close));
    }

    private CompletableFuture<Void> onLoop(Runnable step) {
        loop.execute(step);
        return door.emptied().copy();
    }

    private synchronized void removeFile() {
        if (file == null) {
            return;
        }
        try {
            file.remove();
        } catch (IOException e) {
            LOG.warn("[listen {}] its socket file can't be removed: {}", address, e.toString());
        }
    }
}
