// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

/**
 * {@code ./test --all}, the run with everything that is too long for each run. A test for it alone has the tag
 * {@value #TAG}, and isn't counted in other runs; a test of many cases takes a part of them there, with every kind of case
 * in it.
 */
public final class All {
    public static final String TAG = "all";

    private static final boolean RUNS = Boolean.getBoolean("hatter.all");

    private All() {}

    /** Whether this is such a run. */
    public static boolean runs() {
        return RUNS;
    }

    /** How many: all of them in such a run, else a part. */
    public static int or(int part, int all) {
        return RUNS ? all : part;
    }
}
