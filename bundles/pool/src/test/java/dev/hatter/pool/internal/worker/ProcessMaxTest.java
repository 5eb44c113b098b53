// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessMaxTest {
    private final AtomicInteger limit = new AtomicInteger(2);
    private final Quota quota = new ProcessMax(limit::get);

    @Test
    void givesNoMoreThanThereAre() {
        assertThat(quota.take()).isTrue();
        assertThat(quota.take()).isTrue();
        assertThat(quota.take()).isFalse();
        quota.giveBack();
        assertThat(quota.take()).isTrue();
        assertThat(quota.take()).isFalse();
    }

    @Test
    void theLimitMayChangeOrBeLifted() {
        quota.take();
        quota.take();
        limit.set(1);
        quota.giveBack();
        assertThat(quota.take()).isFalse();
        limit.set(0);
        assertThat(quota.take()).isTrue();
        assertThat(quota.take()).isTrue();
    }
}
