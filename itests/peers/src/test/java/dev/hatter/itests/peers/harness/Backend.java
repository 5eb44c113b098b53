// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Where a pool listens: written as {@code listen} and as the command line have it. */
public sealed interface Backend {
    SocketAddress address();

    default SocketChannel connect() throws IOException {
        return SocketChannel.open(address());
    }

    static Tcp tcp() {
        return new Tcp(Machine.freePort());
    }

    record Tcp(int port) implements Backend {
        @Override
        public SocketAddress address() {
            return new InetSocketAddress("127.0.0.1", port);
        }

        @Override
        public String toString() {
            return "127.0.0.1:" + port;
        }
    }

    record Unix(Path path) implements Backend {
        @Override
        public SocketAddress address() {
            return UnixDomainSocketAddress.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
