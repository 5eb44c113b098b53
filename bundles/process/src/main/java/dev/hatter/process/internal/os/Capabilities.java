// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Hatter itself may do, be it root, or an ordinary user with ambient capabilities.
 *
 * @param effective the set in force
 * @param inheritable what its children may keep: the ambient set lies inside of it
 */
public record Capabilities(long effective, long inheritable) {
    /** capability.h has their numbers. */
    public enum Capability {
        CAP_KILL(5),
        CAP_SETGID(6),
        CAP_SETUID(7),
        CAP_SYS_CHROOT(18),
        CAP_SYS_NICE(23),
        CAP_SYS_RESOURCE(24);

        private final int number;

        Capability(int number) {
            this.number = number;
        }
    }

    private static final int HEXADECIMAL = 16;

    public static Capabilities ownNow() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/self/status")));
    }

    static Capabilities parse(List<String> status) throws IOException {
        return new Capabilities(field(status, "CapEff:"), field(status, "CapInh:"));
    }

    private static long field(List<String> status, String name) throws IOException {
        String line = status.stream()
                .filter(l -> l.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " in /proc/self/status"));
        return Long.parseUnsignedLong(line.substring(name.length()).strip(), HEXADECIMAL);
    }

    public boolean has(Capability capability) {
        return (effective >>> capability.number & 1) != 0;
    }

    /** Those that aren't there, by name and comma; empty when all are. */
    public String missing(Capability... needed) {
        return Arrays.stream(needed)
                .filter(capability -> !has(capability))
                .map(Capability::name)
                .collect(Collectors.joining(", "));
    }

    /** Whether anything is there that a child could get hold of. */
    public boolean any() {
        return Stream.of(effective, inheritable).anyMatch(set -> set != 0);
    }
}
