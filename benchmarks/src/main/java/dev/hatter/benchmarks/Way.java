// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.List;

/**
 * How the web server reaches the pool.
 *
 * @param unix by a Unix socket, else by TCP
 * @param kept connections are kept, else there is a new one for each request
 */
record Way(boolean unix, boolean kept) {
    static final Way UNIX_KEPT = new Way(true, true);
    static final Way UNIX_CONN = new Way(true, false);
    static final Way TCP_KEPT = new Way(false, true);
    static final Way TCP_CONN = new Way(false, false);

    static List<Way> all() {
        return List.of(UNIX_KEPT, UNIX_CONN, TCP_KEPT, TCP_CONN);
    }

    /** The same socket, and a connection for each request. */
    Way unkept() {
        return new Way(unix, false);
    }

    @Override
    public String toString() {
        return (unix ? "unix" : "tcp") + (kept ? "-kept" : "-conn");
    }
}
