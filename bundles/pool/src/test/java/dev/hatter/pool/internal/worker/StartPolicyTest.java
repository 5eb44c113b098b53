// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StartPolicyTest {
    private static final long NOW = 1_000;

    private final StartPolicy policy = new StartPolicy(() -> 0.5);

    @Test
    void startsAtOnceWhileNothingFails() {
        assertThat(policy.delayNanos(NOW)).isZero();
        assertThat(policy.startsAtOnce()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToACeiling() {
        long[] millis = {100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000};
        for (long expected : millis) {
            policy.onFailure(NOW);
            assertThat(policy.delayNanos(NOW)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(expected));
            assertThat(policy.startsAtOnce()).isOne();
        }
    }

    @Test
    void spreadsTheDelay() {
        StartPolicy early = new StartPolicy(() -> 0);
        StartPolicy late = new StartPolicy(() -> 1);
        early.onFailure(NOW);
        late.onFailure(NOW);
        assertThat(early.delayNanos(NOW)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(80));
        assertThat(late.delayNanos(NOW)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(120));
    }

    @Test
    void theDelayPasses() {
        policy.onFailure(NOW);
        assertThat(policy.delayNanos(NOW + TimeUnit.MILLISECONDS.toNanos(60)))
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
        assertThat(policy.delayNanos(NOW + TimeUnit.SECONDS.toNanos(1))).isZero();
    }

    @Test
    void givesUpAfterSomeFailuresUntilAWorkerServes() {
        for (int i = 0; i < StartPolicy.GIVE_UP_AFTER; i++) {
            assertThat(policy.hasGivenUp()).isFalse();
            policy.onFailure(NOW);
        }
        assertThat(policy.hasGivenUp()).isTrue();
        policy.onSuccess();
        assertThat(policy.hasGivenUp()).isFalse();
        assertThat(policy.delayNanos(NOW)).isZero();
    }
}
