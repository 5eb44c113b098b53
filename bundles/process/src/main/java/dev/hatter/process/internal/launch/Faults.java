// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.LaunchFault;
import dev.hatter.process.LaunchFault.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that was found to keep a process from starting. */
public final class Faults {
    private final List<LaunchFault> found = new ArrayList<>();

    void add(Part part, String text) {
        found.add(new LaunchFault(part, text));
    }

    /** Whether nothing was found in these parts. */
    boolean none(Part... parts) {
        return found.stream().noneMatch(fault -> List.of(parts).contains(fault.part()));
    }

    int size() {
        return found.size();
    }

    public List<LaunchFault> all() {
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return found.stream().map(LaunchFault::text).collect(Collectors.joining("; "));
    }
}
