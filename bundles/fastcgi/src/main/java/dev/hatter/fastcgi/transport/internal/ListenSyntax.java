// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.ListenAddress;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks and canonical forms of the parts of a {@link ListenAddress}. */
public final class ListenSyntax {
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ALL_NUMERIC = Pattern.compile("[0-9.]+");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");
    private static final int MAX_PORT = 65_535;

    private ListenSyntax() {}

    public static int port(String listen, String port) {
        int number = PORT.matcher(port).matches() ? Integer.parseInt(port) : 0;
        if (number < 1 || number > MAX_PORT) {
            throw bad(listen, "\"" + port + "\" is no port: 1 to 65535 are allowed");
        }
        return number;
    }

    public static String host(String listen, String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return v6(listen, host.substring(1, host.length() - 1));
        }
        if (host.indexOf(':') >= 0) {
            throw bad(listen, "an IPv6 address needs brackets, as in [::1]:9000");
        }
        boolean address = NetUtil.isValidIpV4Address(host);
        boolean name =
                HOST_NAME.matcher(host).matches() && !ALL_NUMERIC.matcher(host).matches();
        if (!address && !name) {
            throw bad(listen, "\"" + host + "\" is neither an IPv4 address nor a host name");
        }
        return host.toLowerCase(Locale.ROOT);
    }

    public static String canonical(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    public static String path(String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw bad(path, "the path of a Unix socket is absolute and ends with the socket's name");
        }
        if (path.indexOf('\0') >= 0) {
            throw bad(path.replace('\0', '?'), "a path can't contain a zero byte");
        }
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length > ListenAddress.MAX_UNIX_PATH_BYTES) {
            throw bad(
                    path,
                    "the path has " + length + " bytes; a Unix socket's has " + ListenAddress.MAX_UNIX_PATH_BYTES
                            + " at most");
        }
        return path;
    }

    private static String v6(String listen, String address) {
        // a scope (fe80::1%eth0) has no canonical form that holds after a reboot
        byte[] bytes = address.indexOf('%') < 0 && NetUtil.isValidIpV6Address(address)
                ? NetUtil.createByteArrayFromIpAddressString(address)
                : null;
        if (bytes == null) {
            throw bad(listen, "\"" + address + "\" is no IPv6 address");
        }
        return NetUtil.bytesToIpAddress(bytes);
    }

    private static IllegalArgumentException bad(String listen, String why) {
        return new IllegalArgumentException("listen = \"" + listen + "\": " + why
                + "; the forms are host:port, [v6]:port, port, or an absolute path");
    }
}
