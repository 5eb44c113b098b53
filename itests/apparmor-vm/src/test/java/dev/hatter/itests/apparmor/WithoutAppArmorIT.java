// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Boot;
import dev.hatter.itests.apparmor.harness.Guest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kernel without AppArmor, and a machine without libapparmor. */
class WithoutAppArmorIT {
    @ParameterizedTest
    @CsvSource({"WITHOUT, without, kernel", "CONFINED, hidden, libapparmor"})
    void onlyThePoolThatAsksForAHatIsShut(Boot boot, String result, String missing) throws Throwable {
        Guest guest = boot.guest();

        assertThat(guest.read(result + "-state-a")).startsWith("waiting: ");
        assertThat(guest.read(result + "-page-a")).isEqualTo("502\n");
        assertThat(guest.read(result + "-sockets")).contains("free.sock").doesNotContain("/a.sock");
        assertThat(guest.read(result + "-state-free")).startsWith("active");
        assertThat(guest.read(result + "-page-free")).containsPattern("^\\d+\n$");
        assertThat(guest.read(result + ".log")).contains(missing);
    }
}
