// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much is read in a period. */
class OutputBudgetTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - SECOND / 2; // nanoTime may wrap

    private final OutputBudget budget = new OutputBudget(START);

    @Test
    void bytesUseItUpTillTheNextPeriod() {
        budget.spend(OutputBudget.BYTES_PER_PERIOD - 1, 0);
        assertThat(budget.isExhausted(START)).isFalse();
        budget.spend(1, 0);
        assertThat(budget.isExhausted(START + SECOND - 1)).isTrue();
        assertThat(budget.untilNextPeriod(START + SECOND - 1)).isEqualTo(Duration.ofNanos(1));
        assertThat(budget.isExhausted(START + SECOND)).isFalse();
    }

    @Test
    void linesCostToo() {
        budget.spend(0, OutputBudget.BYTES_PER_PERIOD / OutputBudget.LINE_COST);
        assertThat(budget.isExhausted(START)).isTrue();
    }
}
