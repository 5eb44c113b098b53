// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.transport.internal.SocketAcl;
import java.util.List;

/**
 * Who may connect to a Unix socket: php-fpm's {@code listen.owner}, {@code listen.group}, {@code listen.mode},
 * {@code listen.acl_users} and {@code listen.acl_groups}. With a user or group of the last two, the socket's owner and group
 * are Hatter's own, whatever is said here; setting them takes the program setfacl.
 *
 * @param owner name or number; null leaves it to the user that Hatter runs as
 * @param group name or number; null leaves it to Hatter's group
 * @param mode permission bits, 0 to 0777
 * @param aclUsers names or numbers of users who may connect besides
 * @param aclGroups names or numbers of groups that may connect besides
 */
public record UnixRights(String owner, String group, int mode, List<String> aclUsers, List<String> aclGroups) {
    /** php-fpm's default: owner and group may connect. */
    public static final int DEFAULT_MODE = 0660;

    private static final int ALL_BITS = 0777;

    public UnixRights {
        if ((mode & ~ALL_BITS) != 0) {
            throw new IllegalArgumentException(
                    "listen.mode = " + Integer.toOctalString(mode) + ": 0 to 0777 are allowed");
        }
        aclUsers = List.copyOf(aclUsers);
        aclGroups = List.copyOf(aclGroups);
    }

    /** Without an access control list. */
    public UnixRights(String owner, String group, int mode) {
        this(owner, group, mode, List.of(), List.of());
    }

    /** Whether there is an access control list to set. */
    public boolean hasAcl() {
        return !aclUsers.isEmpty() || !aclGroups.isEmpty();
    }

    /** Whether there is the program that sets one. */
    public static boolean canSetAcl() {
        return SocketAcl.tool().isPresent();
    }

    public static UnixRights defaults() {
        return new UnixRights(null, null, DEFAULT_MODE);
    }
}
