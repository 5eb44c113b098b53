// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the transport, once. */
public final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);
    private static final Transport NIO = new NioTransport();

    private Transports() {}

    public static Transport nio() {
        return NIO;
    }

    public static Transport best() {
        return Best.TRANSPORT;
    }

    private static final class Best {
        static final Transport TRANSPORT = choose();
    }

    private static Transport choose() {
        try {
            return EpollTransport.create();
        } catch (LinkageError e) {
            // without the optional packages not even the class links; without the native library it says why
            LOG.debug("no native epoll, using NIO: {}", e.toString());
            return NIO;
        }
    }
}
