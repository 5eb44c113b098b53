// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A mechanism of the kernel that keeps a process inside a domain it can't leave. Registered as a service only where it
 * works. Its methods may be called from any thread and block for a few milliseconds.
 *
 * <p>A domain is named as a pool's configuration names it; what the kernel calls it is the mechanism's own matter. A domain
 * may enforce its rules, or only report what they would forbid; the latter is taken only by who is {@code permissive}.
 */
@ConsumerType
public interface Confinement {
    /** The service property that names the mechanism ("apparmor"). */
    String TYPE = "hatter.confinement.type";

    /** The service property with the label that Hatter itself wears. */
    String OWN_LABEL = "hatter.confinement.own";

    /**
     * Tries whether a process of Hatter's may be put into that domain, at this moment.
     *
     * @throws ConfinementException when it can't; the message says why and what to do
     */
    void check(String domain, boolean permissive) throws ConfinementException;

    /**
     * How a process gets into a domain.
     *
     * @return options of setpriv(1), by which the program that it executes is in the domain from its first instruction on
     * @throws ConfinementException when the name can't be one of a domain
     */
    List<String> dress(String domain) throws ConfinementException;

    /**
     * Reads what a process wears, and compares.
     *
     * @return the label in the kernel's words; empty as long as the process wears what Hatter does
     * @throws ConfinementException when it wears anything else than that domain, or wears it in another mode, or when it
     *     can't be told
     */
    Optional<String> verify(long pid, String domain, boolean permissive) throws ConfinementException;
}
