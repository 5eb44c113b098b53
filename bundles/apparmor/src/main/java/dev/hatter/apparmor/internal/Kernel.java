// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import java.io.IOException;
import java.util.Optional;

/** What the kernel's AppArmor is asked. */
interface Kernel {
    /** What this process wears at this moment. */
    Label own() throws IOException;

    /** What another process wears. */
    Label of(long pid) throws IOException;

    /** Asks whether a process of ours may get that label with its next exec, without doing it: 0, or the errno. */
    int mayWear(String label);

    /** Whether the file that such a change is written to can be opened. */
    boolean canAsk();

    /** The mode of a loaded profile; empty where the list can't be read, or doesn't have it. */
    Optional<String> modeOf(String label);
}
