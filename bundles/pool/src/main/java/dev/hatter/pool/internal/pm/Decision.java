// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/**
 * What a process manager wants done.
 *
 * @param start workers to start
 * @param retire workers to retire, of those that are idle, the longest idle first
 */
public record Decision(int start, int retire) {
    static final Decision NOTHING = new Decision(0, 0);
}
