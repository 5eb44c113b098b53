// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.process.Confinement;
import dev.hatter.process.ConfinementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fake: knows the hats it is told of, and takes a process for confined that can't gain privileges, which setpriv can do on
 * any kernel. The real one is tested in a kernel with AppArmor.
 */
final class FakeConfinement implements Confinement {
    final Set<String> hats = ConcurrentHashMap.newKeySet();
    volatile boolean lost;

    FakeConfinement(String... hats) {
        this.hats.addAll(List.of(hats));
    }

    @Override
    public void check(String hat, boolean permissive) throws ConfinementException {
        if (!hats.contains(hat)) {
            throw new ConfinementException("no hat \"" + hat + "\"");
        }
    }

    @Override
    public List<String> dress(String hat) {
        return List.of("--no-new-privs");
    }

    @Override
    public Optional<String> verify(long pid, String hat, boolean permissive) throws ConfinementException {
        if (lost) {
            throw new ConfinementException("wears nothing any more");
        }
        try {
            boolean set = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .anyMatch(line -> line.matches("NoNewPrivs:\\s*1"));
            return set ? Optional.of("fake//" + hat) : Optional.empty();
        } catch (IOException e) {
            throw new ConfinementException("can't be read: " + e.getMessage(), e);
        }
    }
}
