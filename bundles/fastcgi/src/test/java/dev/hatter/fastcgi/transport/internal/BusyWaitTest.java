// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a loop waits busily, and when it goes to sleep. The looks for events are made up here. */
class BusyWaitTest {
    /** Never over in a test. */
    private static final long LONG = Long.MAX_VALUE;

    /** Over with the first look. */
    private static final long SHORT = 1;

    private final Deque<Integer> events = new ArrayDeque<>();
    private long limit = LONG;
    private int looks;
    private final BusyWait wait = new BusyWait(() -> limit);

    @Test
    void looksUntilSomethingComes() throws Exception {
        sleeps(1);
        events.addAll(List.of(0, 0, 0, 2));
        assertThat(next()).isEqualTo(2);
        assertThat(looks).isEqualTo(4);
        events.add(1);
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
        limit = SHORT;
        sleeps(1);
        for (int skipped = 2; skipped <= 1024; skipped *= 2) {
            looksInVain();
            sleeps(skipped);
        }
        looksInVain();
        sleeps(1024);
        limit = LONG;
        events.add(1);
        assertThat(next()).isEqualTo(1);
        events.add(1);
        assertThat(next()).as("and soon again when it pays").isEqualTo(1);
        limit = SHORT;
        looksInVain();
        sleeps(512);
        looksInVain();
    }

    @Test
    void whatComesTooLateIsTakenButDoesNotCount() throws Exception {
        limit = SHORT;
        sleeps(1);
        events.add(5);
        assertThat(next()).isEqualTo(5);
        sleeps(2);
        looksInVain();
    }

    private void looksInVain() throws Exception {
        int before = looks;
        assertThat(next()).isEqualTo(SelectStrategy.SELECT);
        assertThat(looks).isEqualTo(before + 1);
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

    private int look() {
        looks++;
        return events.isEmpty() ? 0 : events.poll();
    }
}
