// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

/**
 * {@code apparmor_hat} and {@code apparmor_mode}: what confines the workers.
 *
 * @param prefix the name, up to a request parameter in it
 * @param parameter the parameter of each request that takes part in the name; null when the name is the same for all
 * @param suffix what follows the parameter
 * @param permissive whether a hat that only complains is accepted
 */
public record Hat(String prefix, String parameter, String suffix, boolean permissive) {
    /** Whether each request names its own hat. */
    public boolean varies() {
        return parameter != null;
    }

    /** The hat for that value of the parameter. */
    public String named(String value) {
        return prefix + value + suffix;
    }

    /** The hat of a pool that has but one. */
    public String fixed() {
        return prefix;
    }

    @Override
    public String toString() {
        return varies() ? prefix + "%{" + parameter + "}" + suffix : prefix;
    }
}
