// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.pool.internal.pm.DynamicManager.Spare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessManagerTest {
    @ParameterizedTest
    @CsvSource({"0,8", "5,3", "8,0", "9,0"})
    void staticFillsUp(int present, int start) {
        StaticManager manager = new StaticManager(8);
        assertThat(manager.initial()).isEqualTo(8);
        assertThat(manager.onEvent(new Census(1, present, 0, 0, 0, 0))).isEqualTo(new Decision(start, 0));
        assertThat(manager.onHeartbeat(new Census(1, present, 0, 3, 0, 3))).isEqualTo(new Decision(start, 0));
    }

    @ParameterizedTest
    @CsvSource({
        // places, present, starting, idle, waiting, expired, start, retire
        "1, 0, 0, 0, 0, 0, 0, 0",
        "1, 0, 0, 0, 6, 0, 6, 0",
        "1, 2, 2, 0, 6, 0, 4, 0",
        "1, 7, 0, 0, 6, 0, 3, 0",
        "1, 10, 0, 0, 6, 0, 0, 0",
        "4, 0, 0, 0, 6, 0, 2, 0",
        "4, 1, 1, 0, 3, 0, 0, 0",
        "1, 5, 0, 5, 0, 3, 0, 3",
        "1, 5, 0, 0, 1, 3, 1, 0",
    })
    void ondemandStartsAsManyAsWaitAndRetiresAllThatExpired(
            int places, int present, int starting, int idle, int waiting, int expired, int start, int retire) {
        OndemandManager manager = new OndemandManager(10);
        Census census = new Census(places, present, starting, idle, waiting, expired);
        assertThat(manager.initial()).isZero();
        assertThat(manager.onEvent(census)).isEqualTo(new Decision(start, 0));
        assertThat(manager.onHeartbeat(census)).isEqualTo(new Decision(start, retire));
    }

    @Test
    void dynamicStartsAsPhpFpmDoesOneTwoFour() {
        DynamicManager manager = new DynamicManager(50, 1, new Spare(5, 20, 30, 8));
        assertThat(manager.initial()).isEqualTo(5);
        int idle = 0;
        for (int expected : new int[] {1, 2, 4, 8, 5}) {
            assertThat(manager.onHeartbeat(new Census(1, idle, 0, idle, 0, 0))).isEqualTo(new Decision(expected, 0));
            idle += expected;
        }
        assertThat(manager.onHeartbeat(new Census(1, 20, 0, 20, 0, 0))).isEqualTo(Decision.NOTHING);
    }

    @Test
    void dynamicBeginsWithOneAgainAfterItWasContent() {
        DynamicManager manager = new DynamicManager(50, 1, new Spare(2, 10, 30, 8));
        manager.onHeartbeat(new Census(1, 0, 0, 0, 0, 0));
        manager.onHeartbeat(new Census(1, 1, 0, 1, 0, 0));
        manager.onHeartbeat(new Census(1, 12, 0, 12, 0, 0));
        assertThat(manager.onHeartbeat(new Census(1, 12, 0, 0, 0, 0))).isEqualTo(new Decision(1, 0));
    }

    @Test
    void dynamicStartsAtOnceForRequestsThatWaitUpToTheRate() {
        DynamicManager manager = new DynamicManager(50, 1, new Spare(1, 1, 3, 8));
        assertThat(manager.onEvent(new Census(1, 1, 0, 0, 5, 0))).isEqualTo(new Decision(5, 0));
        assertThat(manager.onEvent(new Census(1, 6, 5, 0, 5, 0))).isEqualTo(Decision.NOTHING);
        assertThat(manager.onEvent(new Census(1, 6, 0, 0, 9, 0))).isEqualTo(new Decision(3, 0));
        assertThat(manager.onHeartbeat(new Census(1, 9, 0, 0, 9, 0))).isEqualTo(new Decision(8, 0));
    }

    @Test
    void dynamicNeverGoesAboveItsCeiling() {
        DynamicManager manager = new DynamicManager(4, 1, new Spare(1, 1, 3, 32));
        assertThat(manager.onEvent(new Census(1, 3, 0, 0, 9, 0))).isEqualTo(new Decision(1, 0));
        assertThat(manager.onHeartbeat(new Census(1, 4, 0, 0, 9, 0))).isEqualTo(Decision.NOTHING);
    }

    @Test
    void dynamicRetiresOneASecondOfThoseTooMany() {
        DynamicManager manager = new DynamicManager(50, 1, new Spare(1, 1, 3, 32));
        assertThat(manager.onHeartbeat(new Census(1, 9, 0, 9, 0, 0))).isEqualTo(new Decision(0, 1));
        assertThat(manager.onHeartbeat(new Census(1, 3, 0, 3, 0, 0))).isEqualTo(Decision.NOTHING);
    }

    @Test
    void dynamicCountsChildrenAndNotWorkers() {
        DynamicManager manager = new DynamicManager(10, 4, new Spare(6, 3, 6, 32));
        assertThat(manager.initial()).isEqualTo(2);
        assertThat(manager.onHeartbeat(new Census(4, 1, 0, 2, 0, 0))).isEqualTo(new Decision(1, 0));
        assertThat(manager.onHeartbeat(new Census(4, 2, 0, 8, 0, 0))).isEqualTo(new Decision(0, 1));
        // one worker less would leave fewer than the least that is to be idle
        assertThat(new DynamicManager(10, 8, new Spare(6, 5, 6, 32)).onHeartbeat(new Census(8, 1, 0, 8, 0, 0)))
                .isEqualTo(Decision.NOTHING);
    }
}
