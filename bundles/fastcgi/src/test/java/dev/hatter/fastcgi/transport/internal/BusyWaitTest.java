// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a loop waits busily, and when it goes to sleep. The looks for events and the clock are made up here. */
class BusyWaitTest {
    private static final long LIMIT = 100;

    private final Deque<Integer> events = new ArrayDeque<>();
    private long limit = LIMIT;
    private long now;
    private long yieldTakes = 30;
    private int looks;
    private final BusyWait wait = new BusyWait(() -> limit, () -> now);

    @Test
    void looksUntilSomethingComes() throws Exception {
        sleeps(1);
        events.addAll(List.of(0, 0, 0, 2));
        assertThat(next()).isEqualTo(2);
        assertThat(looks).isEqualTo(4);
        events.addAll(List.of(0, 1));
        assertThat(next()).as("at once again, as it has paid").isEqualTo(1);
    }

    @Test
    void withoutALimitItGoesToSleepUnseen() throws Exception {
        limit = 0;
        sleeps(100);
        assertThat(looks).isZero();
    }

    @Test
    void tasksAreNotKeptWaiting() throws Exception {
        events.addAll(List.of(0, 3));
        assertThat(wait.calculateStrategy(this::look, true)).isZero();
        assertThat(wait.calculateStrategy(this::look, true)).isEqualTo(3);
    }

    @Test
    void whatDoesNotPayIsDoneLessAndLessOften() throws Exception {
        sleeps(1);
        for (int skipped = 2; skipped <= 1024; skipped *= 2) {
            looksInVain(5);
            sleeps(skipped);
        }
        looksInVain(5);
        sleeps(1024);
        events.addAll(List.of(0, 1));
        assertThat(next()).isEqualTo(1);
        events.addAll(List.of(0, 1));
        assertThat(next()).as("and soon again when it pays").isEqualTo(1);
        looksInVain(5);
        sleeps(512);
        looksInVain(5);
    }

    @Test
    void whoeverWantsTheProcessorForLongGetsIt() throws Exception {
        yieldTakes = LIMIT + 1;
        sleeps(1);
        looksInVain(2);
        sleeps(16);
        looksInVain(2);
        sleeps(256);
        looksInVain(2);
        sleeps(1024);
        events.addAll(List.of(0, 5));
        assertThat(next()).as("taken, but it doesn't count").isEqualTo(5);
        sleeps(1024);
    }

    @Test
    void whatIsThereAtOnceTeachesNothing() throws Exception {
        yieldTakes = LIMIT + 1;
        sleeps(1);
        looksInVain(2);
        sleeps(16);
        for (int i = 0; i < 10; i++) {
            events.add(1);
            assertThat(next()).isEqualTo(1);
        }
        looksInVain(2);
        sleeps(256);
    }

    private void looksInVain(int times) throws Exception {
        int before = looks;
        assertThat(next()).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isEqualTo(before + times);
    }

    private void sleeps(int times) throws Exception {
        int before = looks;
        for (int i = 0; i < times; i++) {
            assertThat(next()).isEqualTo(SelectStrategy.SELECT);
        }
        assertThat(looks).isEqualTo(before);
    }

    private int next() throws Exception {
        return wait.calculateStrategy(this::look, false);
    }

    /** The time goes on with each look. */
    private int look() {
        looks++;
        now += yieldTakes;
        return events.isEmpty() ? 0 : events.poll();
    }
}
