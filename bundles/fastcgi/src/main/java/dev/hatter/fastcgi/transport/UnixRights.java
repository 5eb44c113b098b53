// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

/**
 * Who may connect to a Unix socket: php-fpm's {@code listen.owner}, {@code listen.group} and {@code listen.mode}.
 *
 * @param owner name or number; null leaves it to the user that Hatter runs as
 * @param group name or number; null leaves it to Hatter's group
 * @param mode permission bits, 0 to 0777
 */
public record UnixRights(String owner, String group, int mode) {
    /** php-fpm's default: owner and group may connect. */
    public static final int DEFAULT_MODE = 0660;

    private static final int ALL_BITS = 0777;

    public UnixRights {
        if ((mode & ~ALL_BITS) != 0) {
            throw new IllegalArgumentException(
                    "listen.mode = " + Integer.toOctalString(mode) + ": 0 to 0777 are allowed");
        }
    }

    public static UnixRights defaults() {
        return new UnixRights(null, null, DEFAULT_MODE);
    }
}
