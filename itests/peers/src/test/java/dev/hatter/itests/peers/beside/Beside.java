// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Programs;

/** What both need that are compared. */
public final class Beside {
    private Beside() {}

    /** PHP 8.2, since the list of differences is that version's; without it the test is skipped, or fails where CI=true. */
    public static void requirePhp() {
        Programs.require("php-fpm8.2", "php8.2-fpm");
        Programs.require("php-cgi8.2", "php8.2-cgi");
    }
}
