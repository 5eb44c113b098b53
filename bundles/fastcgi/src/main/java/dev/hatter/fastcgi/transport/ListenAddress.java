// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.transport.internal.ListenSyntax;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a front door listens, as php-fpm's directive {@code listen} has it: {@code host:port}, {@code [v6]:port}, a port
 * alone (every address, IPv6 and IPv4), or the absolute path of a Unix socket. Immutable; equal when they mean the same.
 */
public final class ListenAddress {
    /** Bytes of the longest path a Unix socket can have on Linux (sun_path without its closing zero). */
    public static final int MAX_UNIX_PATH_BYTES = 107;

    private final String host;
    private final int port;
    private final String path;

    private ListenAddress(String host, int port, String path) {
        this.host = host;
        this.port = port;
        this.path = path;
    }

    /**
     * @throws IllegalArgumentException when it is none of the four forms; the message says what is wrong with which value
     */
    public static ListenAddress parse(String listen) {
        if (listen.startsWith("/")) {
            return unix(Path.of(ListenSyntax.path(listen)));
        }
        int colon = listen.lastIndexOf(':');
        String host = colon < 0 ? null : ListenSyntax.host(listen, listen.substring(0, colon));
        return new ListenAddress(host, ListenSyntax.port(listen, listen.substring(colon + 1)), null);
    }

    /** A Unix socket. */
    public static ListenAddress unix(Path path) {
        return new ListenAddress(null, 0, ListenSyntax.path(path.toString()));
    }

    /** Any free port of that address: for tests. The real one is in {@link FrontDoor#address()}. */
    public static ListenAddress ephemeral(InetAddress address) {
        return new ListenAddress(ListenSyntax.canonical(address), 0, null);
    }

    /** The same host with another port. */
    ListenAddress withPort(int otherPort) {
        return new ListenAddress(host, otherPort, null);
    }

    public boolean isUnix() {
        return path != null;
    }

    /** The Unix socket's path, or null for TCP. */
    public Path path() {
        return path == null ? null : Path.of(path);
    }

    /** Name or address (IPv6 without brackets), or null for every address or a Unix socket. */
    public String host() {
        return host;
    }

    /** The TCP port, or 0 for a Unix socket. */
    public int port() {
        return port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListenAddress that
                && port == that.port
                && Objects.equals(host, that.host)
                && Objects.equals(path, that.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, path);
    }

    /** The canonical form, which {@link #parse} takes. */
    @Override
    public String toString() {
        if (isUnix()) {
            return path;
        }
        if (host == null) {
            return Integer.toString(port);
        }
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
