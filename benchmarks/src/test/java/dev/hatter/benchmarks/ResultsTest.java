// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.benchmarks.Results.Key;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    private Key add(String contestant, double... rates) {
        for (double rate : rates) {
            results.add("hello", contestant, new Sample().with(Figure.REQUESTS, rate));
        }
        return new Key("hello", contestant);
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        Key a = add("a", 100, 300, 80);
        Key b = add("b", 200, 100, 40);
        // not 100 / 100, the ratio of the medians
        assertThat(results.ratio(a, b, Figure.REQUESTS)).contains(new Spread(2, 0.5, 3));
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        Key a = add("a", 100);
        assertThat(results.ratio(a, new Key("hello", "nobody"), Figure.REQUESTS))
                .isEmpty();
        assertThat(results.ratio(a, a, Figure.P50)).isEmpty();
        assertThat(results.spread(a, Figure.P50)).isEmpty();
    }

    @Test
    void roundsThatOneOfBothHasNotReachedDoNotCount() {
        assertThat(results.ratio(add("a", 100, 300), add("b", 50), Figure.REQUESTS))
                .contains(new Spread(2, 2, 2));
    }

    @Test
    void twoFiguresOfOneRunCanBePutTogether() {
        results.add("hello", "a", new Sample().with(Figure.P50, 2).with(Figure.P99, 10));
        Key a = new Key("hello", "a");
        assertThat(results.pairs(a, Figure.P99, a, Figure.P50, (p99, p50) -> p99 / p50))
                .contains(new Spread(5, 5, 5));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(2.5, 1, 4));
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}
