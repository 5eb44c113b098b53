// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.net.SocketAddress;

/** A client of a Unix socket, which has no address of its own. */
final class UnixPeer extends SocketAddress {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnixPeer(String path) {
        this.path = path;
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }
}
