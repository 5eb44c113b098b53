// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

/**
 * Something that isn't with Hatter as it is with php-fpm.
 *
 * @param what differs, as in {@code $_SERVER['PATH_INFO']}
 * @param where it does: of which question or script
 * @param fpm what php-fpm has there
 * @param hatter what Hatter has
 */
public record Difference(String what, String where, String fpm, String hatter) {
    /** In place of a value that isn't there. */
    public static final String ABSENT = "absent";

    @Override
    public String toString() {
        return what + " at " + where + ":\n    php-fpm: " + shown(fpm) + "\n    Hatter:  " + shown(hatter);
    }

    private static String shown(String text) {
        String line = text.replace("\r", "\\r").replace("\n", "\\n");
        return line.length() > 600 ? line.substring(0, 600) + "..." : line;
    }
}
