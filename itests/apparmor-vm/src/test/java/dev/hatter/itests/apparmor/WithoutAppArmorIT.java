// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Boot;
import dev.hatter.itests.apparmor.harness.Guest;
import org.junit.jupiter.api.Test;

/** A kernel without AppArmor. */
class WithoutAppArmorIT {
    @Test
    void onlyThePoolThatAsksForAHatIsShut() throws Throwable {
        Guest guest = Boot.WITHOUT.guest();

        assertThat(guest.read("without-state-a")).startsWith("waiting: ");
        assertThat(guest.read("without-page-a")).isEqualTo("502\n");
        assertThat(guest.read("without-sockets")).contains("free.sock").doesNotContain("/a.sock");
        assertThat(guest.read("without-state-free")).startsWith("active");
        assertThat(guest.read("without-page-free")).containsPattern("^\\d+\n$");
        assertThat(guest.read("without.log")).contains("the kernel's AppArmor isn't enabled");
    }
}
