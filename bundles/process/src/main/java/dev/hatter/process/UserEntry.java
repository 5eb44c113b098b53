// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/**
 * A user of this machine.
 *
 * @param uid its number, unsigned
 * @param gid the number of its primary group, unsigned
 * @param home its home directory
 */
public record UserEntry(String name, int uid, int gid, String home) {}
