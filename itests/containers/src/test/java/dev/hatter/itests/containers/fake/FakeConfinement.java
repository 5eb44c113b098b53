// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.fake;

import dev.hatter.process.Confinement;
import dev.hatter.process.ConfinementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A fake: there is one hat, and a process wears it when it can't gain privileges, which setpriv can see to on any kernel.
 * The real one is tested in a kernel with AppArmor.
 */
final class FakeConfinement implements Confinement {
    private static final String HAT = "tenant";

    @Override
    public void check(String hat, boolean permissive) throws ConfinementException {
        if (!hat.equals(HAT)) {
            throw new ConfinementException("there is no hat but \"" + HAT + "\"");
        }
    }

    @Override
    public List<String> dress(String hat) {
        return List.of("--no-new-privs");
    }

    @Override
    public Optional<String> verify(long pid, String hat, boolean permissive) throws ConfinementException {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
                            .contains("NoNewPrivs:\t1")
                    ? Optional.of("fake//" + hat)
                    : Optional.empty();
        } catch (IOException e) {
            throw new ConfinementException("the process can't be looked at: " + e.getMessage(), e);
        }
    }
}
