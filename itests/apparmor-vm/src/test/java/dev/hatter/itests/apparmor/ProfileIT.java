// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Boot;
import org.junit.jupiter.api.Test;

/** The profile in {@code config/apparmor}, with the distribution as it comes. */
class ProfileIT {
    @Test
    void itLoadsWithoutAWarning() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("profile-warnings")).isEmpty();
    }
}
