// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import java.io.IOException;

/** The peer sent what FastCGI 1.0 does not allow; the message says what, with which value, and what is allowed. */
public class FastCgiException extends IOException {
    private static final long serialVersionUID = 1L;

    public FastCgiException(String message) {
        super(message);
    }
}
