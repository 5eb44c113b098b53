// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HouseSettingsTest {
    @Test
    void hasDefaults() throws Exception {
        assertThat(HouseSettings.parse(Map.of("service.pid", "dev.hatter"))).isEqualTo(HouseSettings.DEFAULTS);
    }

    @Test
    void readsEveryKey() throws Exception {
        assertThat(HouseSettings.parse(Map.of(
                        "process.max", "128",
                        "process.priority", "-5",
                        "process_control_timeout", "30s",
                        "emergency_restart_threshold", "10",
                        "emergency_restart_interval", "1m",
                        "events.busy_wait", "20")))
                .isEqualTo(new HouseSettings(
                        128, -5, Duration.ofSeconds(30), 10, Duration.ofMinutes(1), Duration.ofNanos(20_000)));
    }

    @Test
    void aPriorityHoldsForPoolsThatSetNone() throws Exception {
        SettingsParser.Manager manager = new SettingsParser.Manager(false, Map.of(), 5);
        Map<String, String> pool = Map.of("listen", "/run/www.sock", "pm", "static", "pm.max_children", "1");
        assertThat(SettingsParser.parse("www", pool, manager).launch().limits().priority())
                .isEqualTo(5);
        Map<String, String> other = new HashMap<>(pool);
        other.put("process.priority", "0");
        assertThat(SettingsParser.parse("www", other, manager).launch().limits().priority())
                .isZero();
        assertThatThrownBy(() -> HouseSettings.parse(Map.of("process.priority", "21")))
                .hasMessage("process.priority = \"21\": must be a whole number from -19 to 20");
    }

    @Test
    void aBusyWaitIsShort() throws Exception {
        assertThat(HouseSettings.DEFAULTS.busyWait()).isEqualTo(Duration.ofNanos(100_000));
        assertThat(HouseSettings.parse(Map.of("events.busy_wait", "0")).busyWait())
                .isZero();
        assertThatThrownBy(() -> HouseSettings.parse(Map.of("events.busy_wait", "1001")))
                .hasMessage("events.busy_wait = \"1001\": must be a whole number from 0 to 1000");
    }

    @Test
    void tellsAllFaults() {
        assertThatThrownBy(() -> HouseSettings.parse(Map.of("process.max", "-1", "proces_control_timeout", "1s")))
                .hasMessage("process.max = \"-1\": must be a whole number from 0 to 2147483647;"
                        + " proces_control_timeout = \"1s\": unknown key; did you mean process_control_timeout?");
    }
}
