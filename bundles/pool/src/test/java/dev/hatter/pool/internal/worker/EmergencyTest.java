// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.process.ExitStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmergencyTest {
    private static final ExitStatus SEGV = new ExitStatus.Signalled(11, false);
    private static final long SECOND = 1_000_000_000L;

    private final Emergency emergency = new Emergency();
    private final HouseSettings settings =
            new HouseSettings(0, null, Duration.ZERO, 3, Duration.ofSeconds(10), Duration.ZERO);

    private boolean crash(long second) {
        return emergency.isReachedBy(SEGV, settings, second * SECOND);
    }

    @Test
    void isReachedBySoManyCrashesInTheInterval() {
        assertThat(crash(0)).isFalse();
        assertThat(crash(5)).isFalse();
        assertThat(crash(9)).isTrue();
        assertThat(crash(9)).isFalse();
    }

    @Test
    void forgetsOldCrashes() {
        crash(0);
        crash(5);
        assertThat(crash(11)).isFalse();
        assertThat(crash(12)).isTrue();
    }

    @Test
    void otherEndsDoNotCount() {
        for (int i = 0; i < 10; i++) {
            assertThat(emergency.isReachedBy(new ExitStatus.Signalled(9, false), settings, 0))
                    .isFalse();
            assertThat(emergency.isReachedBy(new ExitStatus.Exited(255), settings, 0))
                    .isFalse();
        }
    }

    @Test
    void isOffByDefault() {
        for (int i = 0; i < 10; i++) {
            assertThat(emergency.isReachedBy(SEGV, HouseSettings.DEFAULTS, 0)).isFalse();
        }
    }
}
