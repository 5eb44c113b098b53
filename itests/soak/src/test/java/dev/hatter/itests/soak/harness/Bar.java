// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Logs;

/**
 * A bar that a measured time has to stay below. What is measured depends on what else the machine does, so it is printed
 * beside its bar, and is a failure only with {@code -Dhatter.bars=strict}.
 */
public final class Bar {
    private static final boolean STRICT = "strict".equals(System.getProperty("hatter.bars"));

    private Bar() {}

    public static void atMost(double bar, double measured, String what) {
        Logs.say("bar %s: %s is %.2f, at most %.2f", measured <= bar ? "reached" : "MISSED", what, measured, bar);
        if (STRICT) {
            assertThat(measured).as(what).isLessThanOrEqualTo(bar);
        }
    }
}
