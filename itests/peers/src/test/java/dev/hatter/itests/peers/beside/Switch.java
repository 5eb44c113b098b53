// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A Unix socket that leads to php-fpm now and to Hatter then: so one and the same running web server, with one and the same
 * configuration, asks both.
 */
public final class Switch implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Backend.Unix listen;
    private final ServerSocketChannel door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile Backend target;

    public Switch(Path socket) {
        listen = new Backend.Unix(socket);
        try {
            door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(listen.address());
            Scratch.setMode(socket, "rw-rw-rw-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public Path socket() {
        return listen.path();
    }

    /** From now on connections lead there; those that lead elsewhere are closed. */
    public void turnTo(Backend backend) {
        target = backend;
        open.forEach(Switch::close);
    }

    private void accept() {
        while (door.isOpen()) {
            try {
                SocketChannel front = door.accept();
                SocketChannel back = target.connect();
                open.add(front);
                open.add(back);
                threads.execute(() -> lead(front, back));
            } catch (IOException e) {
                if (door.isOpen()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** Both ways, until both have come to their end. */
    private void lead(SocketChannel front, SocketChannel back) {
        Future<?> requests = threads.submit(() -> pump(front, back));
        pump(back, front);
        try {
            requests.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            close(front);
            close(back);
            open.remove(front);
            open.remove(back);
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from); // one end has left, so the other is told
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Switch::close);
    }
}
