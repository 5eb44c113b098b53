// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import java.time.Duration;

/**
 * How long a front door waits for a web server. They are checked a few times within the shortest of them, at most every
 * second, so an end may come that much later.
 *
 * @param begin for the first request on a new connection, and for a request's parameters once it has begun: web servers send
 *     both at once, so whoever takes longer only holds a place
 * @param idle for the next request on a kept connection; longer than the 60 s after which nginx and others give an idle
 *     connection up, so that it is they who close it and no request runs into a closed one
 * @param body for the next byte of an unfinished body that nobody has paused: the web server has gone without a word
 * @param write for the web server to take any byte of what waits for it: a slow reader must not hold a worker for ever
 * @param linger for the web server to close after its last answer, while what it still sends is thrown away
 */
public record FrontTimeouts(Duration begin, Duration idle, Duration body, Duration write, Duration linger) {
    public FrontTimeouts {
        positive("begin", begin);
        positive("idle", idle);
        positive("body", body);
        positive("write", write);
        positive("linger", linger);
    }

    public static FrontTimeouts defaults() {
        return new FrontTimeouts(
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(300),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2));
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " timeout = " + value + ": must be longer than nothing");
        }
    }
}
