// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** Every kind of socket there is: the tests over real sockets run with each. */
enum Sockets {
    EPOLL_V4(true, "127.0.0.1"),
    EPOLL_V6(true, "::1"),
    EPOLL_UNIX(true, null),
    NIO_V4(false, "127.0.0.1"),
    NIO_V6(false, "::1"),
    NIO_UNIX(false, null);

    private final boolean epoll;
    private final String host;

    Sockets(boolean epoll, String host) {
        this.epoll = epoll;
        this.host = host;
    }

    Transport transport() {
        return epoll ? Transport.best() : Transport.nio();
    }

    boolean isUnix() {
        return host == null;
    }

    ListenAddress address(Path directory) throws IOException {
        return isUnix()
                ? ListenAddress.unix(directory.resolve("www.sock"))
                : ListenAddress.ephemeral(InetAddress.getByName(host));
    }
}
