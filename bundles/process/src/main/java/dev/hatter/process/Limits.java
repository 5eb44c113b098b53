// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/**
 * What a process may use, php-fpm's directives; null leaves what Hatter has itself.
 *
 * @param files {@code rlimit_files}: open files, soft and hard limit
 * @param core {@code rlimit_core}: bytes of a core dump, soft and hard limit; or {@link #UNLIMITED}
 * @param priority {@code process.priority}: nice value, -19 to 20
 * @param umask rights that files it makes don't get, 0 to 0777
 * @param scheduling {@code process.scheduling}, Hatter's own directive: its scheduling policy
 */
public record Limits(Integer files, Long core, Integer priority, Integer umask, Scheduling scheduling) {
    public static final long UNLIMITED = -1;

    /** Leaves everything. */
    public static final Limits NONE = new Limits(null, null, null, null, null);
}
