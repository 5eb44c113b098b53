// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.time.Duration;
import java.util.List;

/** The modules that php-cgi loads. */
public final class PhpModules {
    private PhpModules() {}

    /** Without them the test is skipped, or fails where {@code CI=true}; a module's package is {@code php-<module>}. */
    public static void require(String... modules) {
        String php = Programs.require("php-cgi", "php-cgi").toString();
        List<String> loaded =
                Run.check(Duration.ofSeconds(20), php, "-m").lines().toList();
        for (String module : modules) {
            if (!loaded.contains(module)) {
                throw Programs.missing("php-cgi has no " + module + " (apt-get install php-" + module + ")");
            }
        }
    }
}
