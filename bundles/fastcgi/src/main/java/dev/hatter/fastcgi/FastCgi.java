// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

/** The numbers and names of FastCGI 1.0 (section 8), and the limits this implementation adds. */
public final class FastCgi {
    /** FCGI_VERSION_1, the only version there is. */
    public static final int VERSION = 1;

    /** Bytes of a record's header. */
    public static final int HEADER_LENGTH = 8;

    /** Bytes of the body of FCGI_BEGIN_REQUEST, FCGI_END_REQUEST and FCGI_UNKNOWN_TYPE. */
    public static final int FIXED_BODY_LENGTH = 8;

    /** What the header's 16 bits of content length can say. */
    public static final int MAX_CONTENT_LENGTH = 65_535;

    /** FCGI_NULL_REQUEST_ID: the id of management records. */
    public static final int NULL_REQUEST_ID = 0;

    /** The largest id that the header's 16 bits can carry. */
    public static final int MAX_REQUEST_ID = 65_535;

    /** FCGI_KEEP_CONN, a flag of FCGI_BEGIN_REQUEST: the application leaves the connection open after the request. */
    public static final int KEEP_CONN = 1;

    /** The variable of FCGI_GET_VALUES for the number of connections the application takes at once. */
    public static final String MAX_CONNS = "FCGI_MAX_CONNS";

    /** The variable of FCGI_GET_VALUES for the number of requests the application takes at once. */
    public static final String MAX_REQS = "FCGI_MAX_REQS";

    /** The variable of FCGI_GET_VALUES that is 1 when requests may share a connection. */
    public static final String MPXS_CONNS = "FCGI_MPXS_CONNS";

    /**
     * Default limit for all parameters of one request, in bytes as encoded: several times what web servers let a client
     * send as headers (8 to 32 KiB), and little enough to be held for each request that waits.
     */
    public static final int DEFAULT_MAX_PARAMS_LENGTH = 256 * 1024;

    /** Limit for the content of one FCGI_GET_VALUES or FCGI_GET_VALUES_RESULT, in bytes: there are three short names. */
    public static final int MAX_VALUES_LENGTH = 4096;

    private FastCgi() {}
}
