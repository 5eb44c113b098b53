// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

/** The parameters of one request can't be taken; the connection itself is in order and other requests on it go on. */
public final class ParamsException extends FastCgiException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, with the HTTP status that tells the client. */
    public enum Fault {
        /** A length points beyond the end of the stream. */
        MALFORMED(400, "Bad Request"),
        /** All parameters together, or one pair, are longer than allowed. */
        TOO_LARGE(431, "Request Header Fields Too Large");

        private final int status;
        private final String reason;

        Fault(int status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        /** The HTTP status code. */
        public int status() {
            return status;
        }

        /** The HTTP reason phrase. */
        public String reason() {
            return reason;
        }
    }

    private final Fault fault;

    ParamsException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
