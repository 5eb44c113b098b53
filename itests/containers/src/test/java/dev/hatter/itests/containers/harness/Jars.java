// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where the jars are that are installed. */
final class Jars {
    private Jars() {}

    /** A library of the tests' class path by its artifact's name. */
    static Path library(String artifact) {
        List<Path> found = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName()
                        .toString()
                        .matches(java.util.regex.Pattern.quote(artifact) + "-[0-9].*\\.jar"))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(artifact + " must be once in the class path, and is there as " + found);
        }
        if (!Files.isRegularFile(found.get(0))) {
            throw new AssertionError(found.get(0) + " isn't there");
        }
        return found.get(0);
    }
}
