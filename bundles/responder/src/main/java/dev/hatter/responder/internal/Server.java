// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Accepts connections, so many at once; each has a thread. */
public final class Server {
    private final ServerSocketChannel listener;
    private final Semaphore free;
    private final Site site;
    private final Map<String, String> values;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean stopping;

    public Server(ServerSocketChannel listener, Options options) {
        this.listener = listener;
        this.free = new Semaphore(options.connections());
        this.site = new Site(options.polite());
        String most = Integer.toString(options.connections());
        this.values = Map.of("FCGI_MAX_CONNS", most, "FCGI_MAX_REQS", most, "FCGI_MPXS_CONNS", "0");
    }

    /** Serves until {@link #stop()}. */
    public void run() throws IOException, InterruptedException {
        try {
            while (true) {
                free.acquire(); // before accept: who comes too much waits in the backlog
                SocketChannel channel = listener.accept();
                threads.execute(() -> serve(channel));
            }
        } catch (ClosedChannelException | RejectedExecutionException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel;
                Connection connection = new Connection(channel, site, requests, values)) {
            connections.add(connection);
            try {
                if (!stopping) {
                    connection.serve();
                }
            } finally {
                connections.remove(connection);
            }
        } catch (EOFException | HangUpException | ClosedChannelException e) {
            // the ordinary ends of a connection
        } catch (IOException e) {
            System.err.println("responder: connection closed: " + e.getMessage());
        } finally {
            free.release();
        }
    }

    /** Takes no more connections and returns when the requests under way are done. */
    public void stop() {
        stopping = true;
        try {
            listener.close();
            for (Connection connection : connections) {
                connection.stop();
            }
            threads.shutdown();
            threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (IOException | InterruptedException e) {
            System.err.println("responder: stopped without waiting for requests under way: " + e);
        }
    }
}
