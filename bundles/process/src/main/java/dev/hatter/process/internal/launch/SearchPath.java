// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where programs are looked for: the absolute directories of a PATH. */
public final class SearchPath {
    private final List<Path> directories;

    /** @param path as the variable has it; relative entries are left out, they would depend on where Hatter was started */
    public SearchPath(String path) {
        directories = Arrays.stream(path.split(":"))
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    /** The PATH of the environment, and the usual directories after it. */
    public static SearchPath ofEnvironment() {
        String path = System.getenv("PATH");
        return new SearchPath((path == null ? "" : path + ":") + "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    }

    /** The first executable file of that name. */
    public Optional<Path> find(String program) {
        try {
            return directories.stream()
                    .map(directory -> directory.resolve(program))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return String.join(
                ":", directories.stream().map(Path::toString).distinct().toList());
    }
}
