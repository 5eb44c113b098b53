// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What one run gave. */
final class Sample {
    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    Sample with(Figure figure, double value) {
        values.put(figure, value);
        return this;
    }

    OptionalDouble get(Figure figure) {
        Double value = values.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().format(entry.getValue()) + " "
                        + entry.getKey().title())
                .collect(Collectors.joining(", "));
    }
}
