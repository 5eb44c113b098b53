// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

/** How a request ended, for the protocol (FastCGI 1.0, section 5.5). */
public enum ProtocolStatus {
    REQUEST_COMPLETE(0),
    CANT_MPX_CONN(1),
    OVERLOADED(2),
    UNKNOWN_ROLE(3);

    private final int code;

    ProtocolStatus(int code) {
        this.code = code;
    }

    /** The value of the protocolStatus byte of FCGI_END_REQUEST. */
    public int code() {
        return code;
    }

    /** The status of that code, or null when FastCGI 1.0 knows none. */
    public static ProtocolStatus of(int code) {
        return switch (code) {
            case 0 -> REQUEST_COMPLETE;
            case 1 -> CANT_MPX_CONN;
            case 2 -> OVERLOADED;
            case 3 -> UNKNOWN_ROLE;
            default -> null;
        };
    }
}
