// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The children of a process that run its own program: a php-cgi with PHP_FCGI_CHILDREN serves by these. What else it has
 * started may wear other labels by the rules of its hat.
 */
final class Twins {
    private static final Path PROC = Path.of("/proc");

    private Twins() {}

    /** Those there are at this moment; none where the kernel doesn't tell. */
    static List<Long> of(long pid) {
        Path own = PROC.resolve(Long.toString(pid));
        try {
            String children = Files.readString(
                    own.resolve("task").resolve(Long.toString(pid)).resolve("children"));
            if (children.isBlank()) {
                return List.of();
            }
            Path program = Files.readSymbolicLink(own.resolve("exe"));
            return Arrays.stream(children.strip().split(" "))
                    .map(Long::valueOf)
                    .filter(child -> runs(child, program))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean runs(long child, Path program) {
        try {
            return Files.readSymbolicLink(PROC.resolve(Long.toString(child)).resolve("exe"))
                    .equals(program);
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }
}
