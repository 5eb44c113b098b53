// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Boot;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The profile in {@code config/apparmor}, with the distribution as it comes. */
class ProfileIT {
    /** Of opcache, which asks for huge pages and then takes others. */
    private static final String HUGE_PAGES = "operation=\"file_mmap\" info=\"Failed name lookup - disconnected path\"";

    /** Hatter asks whether it may use the hat that the tests have removed. */
    private static final String REMOVED_HAT = "operation=\"change_onexec\" info=\"label not found\"";

    /** Hatter looks at the label of the worker that has lost its hat thereby. The kernel tells it, and notes it as this. */
    private static final Pattern UNCONFINED_WORKER =
            Pattern.compile("operation=\"ptrace\".* denied_mask=\"read\" peer=\"unconfined\"");

    @Test
    void itLoadsWithoutAWarning() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("profile-warnings")).isEmpty();
    }

    @Test
    void hatterRunsUnderIt() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("hatter-label")).isEqualTo("hatter (enforce)\n");
    }

    @Test
    void theResponderServesInItsHat() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("hatter-demo")).contains("Hello from Hatter's responder");
    }

    @Test
    void phpServesInTheSampleHatEvenWhereNoneIsAskedFor() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("hatter-www")).containsPattern("^\\d+\n$");
        assertThat(Boot.CONFINED.guest().read("hatter-www-label")).isEqualTo("hatter//www (enforce)\n");
    }

    @Test
    void nothingThatIsNeededIsRefused() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("hatter-denials").lines())
                .filteredOn(line -> !line.contains(HUGE_PAGES)
                        && !line.contains(REMOVED_HAT)
                        && !UNCONFINED_WORKER.matcher(line).find())
                .isEmpty();
    }
}
