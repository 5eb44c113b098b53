// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.transport.FrontLimits;
import dev.hatter.fastcgi.transport.FrontRequest;
import dev.hatter.fastcgi.transport.FrontSettings;
import dev.hatter.fastcgi.transport.FrontTimeouts;
import dev.hatter.fastcgi.transport.ListenAddress;
import dev.hatter.fastcgi.transport.RequestHandler;
import dev.hatter.fastcgi.transport.RequestListener;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the connections of one front door share. Everything but the counters belongs to the door's event loop. */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final long MIN_SWEEP = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_SWEEP = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final ListenAddress address;
    private final RequestHandler handler;
    private final SocketAddress unixPeer;
    private final Set<FrontConnection> connections = new HashSet<>();
    private final CompletableFuture<Void> emptied = new CompletableFuture<>();
    private final RateLimitedLog warnings;
    private FrontSettings settings;
    private long now = System.nanoTime();
    private long paramsHeld;
    private boolean sweeping;
    private boolean draining;
    private volatile long accepted;
    private volatile int open;

    public Door(EventLoop loop, ListenAddress address, FrontSettings settings, RequestHandler handler) {
        this.loop = loop;
        this.address = address;
        this.settings = settings;
        this.handler = handler;
        this.unixPeer = new UnixPeer(address.toString());
        this.warnings = new RateLimitedLog(line -> LOG.warn("[listen {}] {}", address, line));
    }

    /** A client has connected: lets it in or closes it. */
    public void accept(Channel channel) {
        accepted++;
        if (draining || !isAllowed(channel.remoteAddress()) || !hasRoom(channel.remoteAddress())) {
            channel.close();
            return;
        }
        startSweeping();
        FrontConnection connection = new FrontConnection(this);
        connections.add(connection);
        open = connections.size();
        channel.pipeline().addLast(connection);
    }

    private boolean isAllowed(SocketAddress client) {
        if (settings.allowedClients().isEmpty() || address.isUnix()) {
            return true;
        }
        boolean allowed = client instanceof InetSocketAddress inet
                && settings.allowedClients().contains(MappedAddress.unmap(inet.getAddress()));
        if (!allowed) {
            warnings.log(tick(), "connection from " + client + " closed: not in listen.allowed_clients");
        }
        return allowed;
    }

    private boolean hasRoom(SocketAddress client) {
        if (connections.size() < limits().maxConnections()) {
            return true;
        }
        warnings.log(
                tick(),
                "connection from " + printable(client) + " closed: " + connections.size()
                        + " are open, which is the limit");
        return false;
    }

    void closed(FrontConnection connection) {
        connections.remove(connection);
        open = connections.size();
        completeWhenEmpty();
    }

    RequestListener handle(FrontRequest request) {
        return Objects.requireNonNull(handler.onRequest(request), "the handler returned no listener");
    }

    /** Counts parameters that a request brings, or refuses them. */
    boolean holdParams(int length) {
        if (paramsHeld + length > limits().maxTotalParamsLength()) {
            return false;
        }
        paramsHeld += length;
        return true;
    }

    void releaseParams(int length) {
        paramsHeld -= length;
    }

    /** The value of a variable that FCGI_GET_VALUES asks for, or null. */
    String value(String variable) {
        return switch (variable) {
            case FastCgi.MAX_CONNS -> Integer.toString(limits().maxConnections());
            case FastCgi.MAX_REQS -> Integer.toString(limits().maxRequestsPerConnection());
            case FastCgi.MPXS_CONNS -> "1";
            default -> null;
        };
    }

    FrontLimits limits() {
        return settings.limits();
    }

    /** Whether a request for which there is no room is given up without an answer. */
    boolean closesRefused() {
        return settings.closesRefused();
    }

    FrontTimeouts timeouts() {
        return settings.timeouts();
    }

    public void apply(FrontSettings newSettings) {
        settings = newSettings;
    }

    /** Closes each connection when it has no request under way. */
    public void drain() {
        draining = true;
        Set.copyOf(connections).forEach(FrontConnection::drain);
        completeWhenEmpty();
    }

    /** Closes each connection now. */
    public void close() {
        draining = true;
        Set.copyOf(connections).forEach(connection -> connection.abandon("the front door was closed"));
        completeWhenEmpty();
    }

    boolean isDraining() {
        return draining;
    }

    /** Done when the door is closing or draining and the last connection is gone. */
    public CompletableFuture<Void> emptied() {
        return emptied;
    }

    private void completeWhenEmpty() {
        if (draining && connections.isEmpty()) {
            emptied.complete(null);
        }
    }

    /** Connections ever accepted. Any thread. */
    public long accepted() {
        return accepted;
    }

    /** Connections open now. Any thread. */
    public int open() {
        return open;
    }

    /** A clock that costs nothing to read and is as fine as the sweeps, which is what timeouts need. */
    long now() {
        return now;
    }

    private long tick() {
        now = System.nanoTime();
        return now;
    }

    private void startSweeping() {
        tick();
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, sweepInterval(), TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        if (connections.isEmpty()) {
            return;
        }
        startSweeping();
        for (FrontConnection connection : Set.copyOf(connections)) {
            connection.checkTimeouts(now);
        }
    }

    private long sweepInterval() {
        FrontTimeouts t = timeouts();
        long shortest = Math.min(
                Math.min(t.begin().toNanos(), t.idle().toNanos()),
                Math.min(
                        Math.min(t.body().toNanos(), t.write().toNanos()),
                        t.linger().toNanos()));
        return Math.max(MIN_SWEEP, Math.min(MAX_SWEEP, shortest / 4));
    }

    /** An address that says something in a log, also for a Unix socket, whose clients have no name. */
    SocketAddress printable(SocketAddress client) {
        return address.isUnix() || client == null ? unixPeer : client;
    }

    void debug(String line) {
        LOG.debug("[listen {}] {}", address, line);
    }

    void warn(String line) {
        warnings.log(now, line);
    }

    void error(String line, Throwable cause) {
        LOG.error("[listen {}] {}", address, line, cause);
    }
}
