// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A confinement that any kernel has: a process that can't gain privileges. A fake in so far as it is no confinement worth
 * its name; but it is set by setpriv, holds from the exec on, and is read back from the kernel, as the real one is.
 */
class NoNewPrivileges implements Confinement {
    static final String DOMAIN = "no-new-privs";

    @Override
    public void check(String domain, boolean permissive) throws ConfinementException {
        if (!domain.equals(DOMAIN)) {
            throw new ConfinementException("no domain \"" + domain + "\"; the one there is: " + DOMAIN);
        }
    }

    @Override
    public List<String> dress(String domain) {
        return List.of("--no-new-privs");
    }

    @Override
    public Optional<String> verify(long pid, String domain, boolean permissive) throws ConfinementException {
        try {
            boolean set = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .anyMatch(line -> line.matches("NoNewPrivs:\\s*1"));
            return set ? Optional.of(domain) : Optional.empty();
        } catch (IOException e) {
            throw new ConfinementException("can't be read: " + e.getMessage(), e);
        }
    }
}
