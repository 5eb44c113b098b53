// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.time.Duration;

/** The modules that php-cgi loads. */
public final class PhpModules {
    private static final Duration TIME = Duration.ofSeconds(20);

    private PhpModules() {}

    /** Without that one the test is skipped, or fails where {@code CI=true}. */
    public static void require(String module, String debianPackage) {
        String php = Programs.require("php-cgi", "php-cgi").toString();
        if (Run.check(TIME, php, "-m").lines().noneMatch(module::equals)) {
            throw Programs.missing("php-cgi has no " + module + " (apt-get install " + debianPackage + ")");
        }
    }
}
