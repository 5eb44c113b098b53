// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Boot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pools with a hat, in the distribution, under a kernel with AppArmor. */
class ConfinedPoolsIT {
    private static final String HAT_A = "hatter//a (enforce)";

    @Test
    void eachWorkerWearsItsPoolsHat() throws Throwable {
        assertThat(result("worker-labels").lines())
                .containsExactly(HAT_A, "hatter//b (enforce)", "hatter//x (enforce)");
    }

    @Test
    void withoutTheServiceThePoolIsShut() throws Throwable {
        assertThat(result("state-while-away")).startsWith("waiting: ");
        assertThat(result("page-while-away")).contains("502 Bad Gateway");
        assertThat(result("workers-while-away").lines())
                .allMatch("hatter//www (enforce)"::equals, "of pool free alone");
    }

    /** Not one request got to an unconfined worker, and the pool has served before and after. */
    @Test
    void noAnswerUnderLoadIsUnconfined() throws Throwable {
        List<String> answers =
                result("load").lines().map(line -> line.split("\t")[0]).toList();
        assertThat(answers)
                .hasSizeGreaterThan(2)
                .startsWith("200 " + HAT_A)
                .endsWith("200 " + HAT_A)
                .allMatch(answer -> answer.equals("200 " + HAT_A) || answer.matches("50[234]"));
    }

    /** The kernel has made the running worker unconfined: it must not be asked again, nor another one started. */
    @Test
    void aRemovedHatShutsThePool() throws Throwable {
        assertThat(result("label-after-removal")).isIn("unconfined\n", "gone\n");
        assertThat(result("hatter.log"))
                .containsPattern("child \\d+ wears \"unconfined\" instead of \"hatter//b\", ending it");
        assertThat(result("state-after-removal")).contains("hatter//b");
        assertThat(result("page-after-removal")).doesNotContain("unconfined");
        assertThat(result("workers-after-removal").lines()).isNotEmpty().doesNotContain("unconfined");
    }

    @Test
    void eachVirtualHostHasItsHat() throws Throwable {
        assertThat(result("hosts").lines().limit(3))
                .containsExactly(
                        "one hatter//vhost-one.example (enforce)",
                        "two hatter//vhost-two.example (enforce)",
                        "three hatter//vhost-three.example (enforce)");
    }

    @Test
    void anUnknownVirtualHostIsRefused() throws Throwable {
        assertThat(result("hosts")).contains("four ").doesNotContain("vhost-four", "unconfined");
    }

    @Test
    void whereHatterIsUnconfinedAPoolNamesAWholeProfile() throws Throwable {
        assertThat(result("whole-label")).isEqualTo("hatter//a (enforce)\n");
    }

    @Test
    void aProfileThatOnlyComplainsIsTakenWithLeaveAlone() throws Throwable {
        assertThat(result("lax-label")).isEqualTo("lax (complain)\n");
        assertThat(result("strict-state")).contains("\"lax (complain)\"", "apparmor_mode = complain");
    }

    private static String result(String name) throws Throwable {
        return Boot.CONFINED.guest().read(name);
    }
}
