// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.Arrays;

/** Several measured values of the same thing. */
record Spread(double median, double least, double most) {
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a spread of no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format("%.2f (%.2f–%.2f)", median, least, most);
    }
}
