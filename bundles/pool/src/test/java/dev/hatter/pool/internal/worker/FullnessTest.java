// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FullnessTest {
    private final Fullness fullness = new Fullness("www");
    private PoolSettings settings;

    @BeforeEach
    void parse() throws Exception {
        settings = SettingsParser.parse(
                "www",
                Map.of("listen", "9000", "pm", "ondemand", "pm.max_children", "2"),
                new SettingsParser.Manager(false, Map.of(), null));
    }

    /** It came again each time that the queue had been empty for a moment, every ten seconds under load. */
    @Test
    void anEpisodeIsCountedOnceUntilThePoolHasDoneWithFewerWorkers() {
        note(true, false);
        assertThat(fullness.isFull()).isTrue();
        note(false, false);
        assertThat(fullness.isFull()).isFalse();
        note(true, false);
        assertThat(fullness.times()).isEqualTo(1);
        note(false, true);
        note(true, false);
        assertThat(fullness.times()).isEqualTo(2);
    }

    private void note(boolean full, boolean fewer) {
        fullness.note(full, fewer, settings);
    }
}
