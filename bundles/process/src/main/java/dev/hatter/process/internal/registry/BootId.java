// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Within what a process id means anything: this boot of the kernel and this namespace of process ids. */
final class BootId {
    private BootId() {}

    static String current() throws IOException {
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    }
}
