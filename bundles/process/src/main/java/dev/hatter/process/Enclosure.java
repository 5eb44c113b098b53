// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.util.List;
import java.util.Optional;

/**
 * Where a process is to be kept.
 *
 * @param by the mechanism
 * @param domain as the configuration names it
 * @param permissive whether a domain that only reports will do
 */
public record Enclosure(Confinement by, String domain, boolean permissive) {
    /** See {@link Confinement#check}. */
    public void check() throws ConfinementException {
        by.check(domain, permissive);
    }

    /** See {@link Confinement#dress}. */
    public List<String> dress() throws ConfinementException {
        return by.dress(domain);
    }

    /** See {@link Confinement#verify}. */
    public Optional<String> verify(long pid) throws ConfinementException {
        return by.verify(pid, domain, permissive);
    }
}
