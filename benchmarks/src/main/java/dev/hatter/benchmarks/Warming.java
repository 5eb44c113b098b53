// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Logs;
import java.net.URI;

/**
 * Load on a server until its JVM has compiled what that load needs. A JVM compiles what runs often, again for each new kind
 * of load, and takes up to half of two processors meanwhile: that is the price of its first seconds, not of a request.
 */
final class Warming {
    private static final int STEP_SECONDS = 1;
    /** Of a processor: less is no compiling worth waiting for. */
    private static final double QUIET = 0.05;
    /** The JVM pauses between what it compiles, too. */
    private static final int QUIET_STEPS = 2;

    private final Wrk wrk;
    private final int mostSeconds;

    /** @param mostSeconds after which it is given up, which is told */
    Warming(Wrk wrk, int mostSeconds) {
        this.wrk = wrk;
        this.mostSeconds = mostSeconds;
    }

    /** @param paths as {@link Wrk#run} takes them */
    void warm(Server server, String what, URI base, Load load, int paths) {
        Processes processes = server.processes();
        int quiet = 0;
        for (int seconds = 0; seconds < mostSeconds; seconds += STEP_SECONDS) {
            double before = processes.compilerSeconds();
            wrk.run(base, load, paths, STEP_SECONDS);
            boolean isQuiet = processes.compilerSeconds() - before < QUIET * STEP_SECONDS;
            quiet = isQuiet ? quiet + 1 : 0;
            if (quiet == QUIET_STEPS) {
                return;
            }
        }
        Logs.say("%s: still compiling after %d s of load", what, mostSeconds);
    }
}
