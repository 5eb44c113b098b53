// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

/** The roles an application can play for a request (FastCGI 1.0, section 6). */
public enum Role {
    RESPONDER(1),
    AUTHORIZER(2),
    FILTER(3);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** The value of the role field of FCGI_BEGIN_REQUEST. */
    public int code() {
        return code;
    }

    /** The role of that code, or null when FastCGI 1.0 knows none. */
    public static Role of(int code) {
        return switch (code) {
            case 1 -> RESPONDER;
            case 2 -> AUTHORIZER;
            case 3 -> FILTER;
            default -> null;
        };
    }
}
