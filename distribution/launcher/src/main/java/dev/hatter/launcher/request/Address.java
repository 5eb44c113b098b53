// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an application listens, as php-fpm's "listen" has it: host:port, [v6]:port, a port, or a path. */
record Address(String text, SocketAddress socketAddress) {
    private static final Pattern TCP = Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)]:|([^:\\[\\]]+):)?([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    static Address parse(String text) throws UsageException {
        if (text.startsWith("/") || text.startsWith("unix:")) {
            String path = text.startsWith("/") ? text : text.substring("unix:".length());
            return new Address(text, UnixDomainSocketAddress.of(path));
        }
        Matcher tcp = TCP.matcher(text);
        if (!tcp.matches() || Integer.parseInt(tcp.group(3)) > MAX_PORT) {
            throw new UsageException(
                    "address \"" + text + "\": must be HOST:PORT, [V6]:PORT, PORT, or an absolute path");
        }
        String host = tcp.group(1) != null ? tcp.group(1) : tcp.group(2) != null ? tcp.group(2) : "127.0.0.1";
        return new Address(text, new InetSocketAddress(host, Integer.parseInt(tcp.group(3))));
    }

    @Override
    public String toString() {
        return text;
    }
}
