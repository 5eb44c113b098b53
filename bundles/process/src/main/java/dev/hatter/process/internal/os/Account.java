// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.util.Set;

/**
 * Whom a process belongs to, in numbers.
 *
 * @param groups all groups, the first one included
 */
public record Account(int uid, int gid, Set<Integer> groups) {
    public Account {
        groups = Set.copyOf(groups);
    }

    public boolean isRoot() {
        return uid == 0;
    }
}
