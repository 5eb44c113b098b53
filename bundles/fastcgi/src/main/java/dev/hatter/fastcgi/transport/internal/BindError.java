// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.ListenAddress;
import java.io.IOException;

/** Says what a failed bind means. NIO and epoll agree only in the system's text for the error number. */
final class BindError {
    private static final String IN_USE = "Address already in use";
    private static final String DENIED = "Permission denied";
    private static final String NOT_LOCAL = "Cannot assign requested address";
    private static final String NO_SUCH = "No such file or directory";

    private BindError() {}

    static IOException of(ListenAddress address, Throwable cause) {
        String text = text(cause);
        return new IOException("cannot listen on " + address + ": " + text + remedy(address, text), cause);
    }

    /** Whether another family of addresses would fail in the same way. */
    static boolean isFinal(Throwable cause) {
        String text = text(cause);
        return text.equals(IN_USE) || text.equals(DENIED);
    }

    private static String text(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        for (String known : new String[] {IN_USE, DENIED, NOT_LOCAL, NO_SUCH}) {
            if (message.contains(known)) {
                return known;
            }
        }
        return message;
    }

    private static String remedy(ListenAddress address, String text) {
        return switch (text) {
            case IN_USE -> "; another program listens there: stop it, or choose another address";
            case DENIED ->
                address.isUnix()
                        ? "; the directory must be writable for the user Hatter runs as"
                        : "; ports below 1024 need root or CAP_NET_BIND_SERVICE";
            case NOT_LOCAL -> "; this machine has no such address";
            case NO_SUCH -> "; create the directory first";
            default -> "";
        };
    }
}
