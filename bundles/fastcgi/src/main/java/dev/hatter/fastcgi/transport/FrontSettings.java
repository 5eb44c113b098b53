// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import java.net.InetAddress;
import java.util.Set;

/**
 * How a front door listens, whom it lets in, and what it takes.
 *
 * @param backlog connections that may wait to be accepted: php-fpm's {@code listen.backlog}. Counts when the door opens
 * @param unixRights who may connect to a Unix socket
 * @param allowedClients addresses that may connect by TCP: php-fpm's {@code listen.allowed_clients}; empty lets all in
 * @param limits how much it takes at once
 * @param closesRefused whether a request beyond these limits is {@linkplain FrontRequest#fail() given up} instead of
 *     answered by a page 503
 * @param timeouts how long it waits
 */
public record FrontSettings(
        int backlog,
        UnixRights unixRights,
        Set<InetAddress> allowedClients,
        FrontLimits limits,
        boolean closesRefused,
        FrontTimeouts timeouts) {
    /** php-fpm's default where the system's is not better. */
    public static final int DEFAULT_BACKLOG = 511;

    public FrontSettings {
        if (backlog < 1) {
            throw new IllegalArgumentException("listen.backlog = " + backlog + ": must be 1 or more");
        }
        allowedClients = Set.copyOf(allowedClients);
    }

    public static FrontSettings defaults() {
        return new FrontSettings(
                DEFAULT_BACKLOG,
                UnixRights.defaults(),
                Set.of(),
                FrontLimits.defaults(),
                false,
                FrontTimeouts.defaults());
    }

    public FrontSettings withBacklog(int value) {
        return new FrontSettings(value, unixRights, allowedClients, limits, closesRefused, timeouts);
    }

    public FrontSettings withUnixRights(UnixRights value) {
        return new FrontSettings(backlog, value, allowedClients, limits, closesRefused, timeouts);
    }

    public FrontSettings withAllowedClients(Set<InetAddress> value) {
        return new FrontSettings(backlog, unixRights, value, limits, closesRefused, timeouts);
    }

    public FrontSettings withLimits(FrontLimits value) {
        return new FrontSettings(backlog, unixRights, allowedClients, value, closesRefused, timeouts);
    }

    public FrontSettings withClosesRefused(boolean value) {
        return new FrontSettings(backlog, unixRights, allowedClients, limits, value, timeouts);
    }

    public FrontSettings withTimeouts(FrontTimeouts value) {
        return new FrontSettings(backlog, unixRights, allowedClients, limits, closesRefused, value);
    }
}
