// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.FastCgi;

/**
 * How much a front door takes at once.
 *
 * @param maxConnections open connections; further ones are closed at once. An idle one costs little, so the default is far
 *     above what web servers keep open, and below what a process may usually have of descriptors
 * @param maxRequestsPerConnection requests under way on one connection; further ones are answered by a page 503.
 *     HAProxy, which alone multiplexes, uses 8 by default
 * @param maxParamsLength bytes of the parameters of one request, as encoded; above it the answer is a page 431
 * @param maxTotalParamsLength bytes of the parameters of all requests that wait or run; above it the answer is a page
 *     503. It bounds the memory that somebody who can connect can make the door hold
 */
public record FrontLimits(
        int maxConnections, int maxRequestsPerConnection, int maxParamsLength, long maxTotalParamsLength) {
    public static final int DEFAULT_MAX_CONNECTIONS = 1000;
    public static final int DEFAULT_MAX_REQUESTS_PER_CONNECTION = 64;
    public static final long DEFAULT_MAX_TOTAL_PARAMS_LENGTH = 16 * 1024 * 1024;

    public FrontLimits {
        atLeastOne("maxConnections", maxConnections);
        atLeastOne("maxRequestsPerConnection", maxRequestsPerConnection);
        atLeastOne("maxParamsLength", maxParamsLength);
        atLeastOne("maxTotalParamsLength", maxTotalParamsLength);
    }

    public static FrontLimits defaults() {
        return new FrontLimits(
                DEFAULT_MAX_CONNECTIONS,
                DEFAULT_MAX_REQUESTS_PER_CONNECTION,
                FastCgi.DEFAULT_MAX_PARAMS_LENGTH,
                DEFAULT_MAX_TOTAL_PARAMS_LENGTH);
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " = " + value + ": must be 1 or more");
        }
    }
}
