// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HouseTest {
    private static final Map<String, String> OWN = Map.of("LC_ALL", "C.UTF-8", "LANG", "de_DE.UTF-8");

    @Test
    void workersGetTheLocaleThatTheOperatorHas() {
        assertThat(House.environment(OWN, "")).isEqualTo(Map.of("LANG", "de_DE.UTF-8"));
        assertThat(House.environment(OWN, "POSIX")).isEqualTo(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "POSIX"));
        assertThat(House.environment(OWN, null)).as("without bin/hatter").isEqualTo(OWN);
    }
}
