// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What all runs gave so far: for each workload and contestant one sample a round. */
final class Results {
    /** Who did what. */
    record Key(String workload, String contestant) {}

    private final Map<Key, List<Sample>> samples = new LinkedHashMap<>();

    void add(String workload, String contestant, Sample sample) {
        samples.computeIfAbsent(new Key(workload, contestant), key -> new ArrayList<>())
                .add(sample);
    }

    /** In the order of their first samples. */
    List<Key> keys() {
        return List.copyOf(samples.keySet());
    }

    List<Sample> of(Key key) {
        return samples.getOrDefault(key, List.of());
    }

    /** Empty when that wasn't measured. */
    Optional<Spread> spread(Key key, Figure figure) {
        double[] values = of(key).stream()
                .flatMapToDouble(sample -> sample.get(figure).stream())
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Of the same figure, round by round; empty when one of both wasn't measured. */
    Optional<Spread> ratio(Key of, Key to, Figure figure) {
        return pairs(of, figure, to, figure, (a, b) -> a / b);
    }

    /** Puts two figures together, round by round; empty when one of both wasn't measured. */
    Optional<Spread> pairs(Key a, Figure figureOfA, Key b, Figure figureOfB, DoubleBinaryOperator operator) {
        List<Sample> as = of(a);
        List<Sample> bs = of(b);
        double[] values = IntStream.range(0, Math.min(as.size(), bs.size()))
                .filter(i -> as.get(i).get(figureOfA).isPresent()
                        && bs.get(i).get(figureOfB).isPresent())
                .mapToDouble(i -> operator.applyAsDouble(
                        as.get(i).get(figureOfA).getAsDouble(),
                        bs.get(i).get(figureOfB).getAsDouble()))
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
