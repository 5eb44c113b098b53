// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is due when. */
class TimersTest {
    private final Timers timers = new Timers();
    private final List<Integer> done = new ArrayList<>();

    @Test
    void theyComeInOrderAndNotBefore() {
        long now = Long.MAX_VALUE - 2;
        timers.add(now + 5, () -> done.add(2)); // after the wrap of nanoTime
        timers.add(now + 1, () -> done.add(1));
        assertThat(timers.next(now)).isNull();
        timers.next(now + 1).run();
        assertThat(timers.next(now + 4)).isNull();
        timers.next(now + 6).run();
        assertThat(timers.next(now + 6)).isNull();
        assertThat(done).containsExactly(1, 2);
    }

    @Test
    void theWaitIsRoundedUpSoThatNobodySpins() {
        assertThat(timers.millisToNext(0)).isEqualTo(-1);
        timers.add(1_000_001, () -> {});
        assertThat(timers.millisToNext(0)).isEqualTo(2);
        assertThat(timers.millisToNext(1_000_000)).isEqualTo(1);
        assertThat(timers.millisToNext(2_000_000)).isZero();
    }
}
