// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

/**
 * How long and how often.
 *
 * @param rounds in each of which every contestant has its turn
 * @param seconds of each run under load
 * @param warmSeconds of each kind of load on Hatter at most, for what a JVM compiles as it runs
 * @param overloadSeconds of an overload
 * @param asks requests of each run of a single client
 * @param starts of each run that starts workers
 */
record Times(int rounds, int seconds, int warmSeconds, int overloadSeconds, int asks, int starts) {
    static final Times FULL = new Times(7, 3, 20, 20, 2000, 5);
    static final Times QUICK = new Times(2, 1, 6, 5, 500, 3);

    /** In words, of loads that a server can take. */
    String about() {
        return "%d rounds, runs of %d s.".formatted(rounds, seconds);
    }

    Times withRounds(int value) {
        return new Times(value, seconds, warmSeconds, overloadSeconds, asks, starts);
    }

    Times withSeconds(int value) {
        return new Times(rounds, value, warmSeconds, overloadSeconds, asks, starts);
    }

    Times withOverloadSeconds(int value) {
        return new Times(rounds, seconds, warmSeconds, value, asks, starts);
    }
}
