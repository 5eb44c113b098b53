// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** IPv4 clients of a dual-stack socket, which native code reports as ::ffff:a.b.c.d. */
final class MappedAddress {
    private static final int V4_OFFSET = 12;
    private static final byte[] PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private MappedAddress() {}

    /** The IPv4 address when it is a mapped one, else the address itself. */
    static InetAddress unmap(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!(address instanceof Inet6Address) || !Arrays.equals(bytes, 0, V4_OFFSET, PREFIX, 0, V4_OFFSET)) {
            return address;
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, V4_OFFSET, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }
}
