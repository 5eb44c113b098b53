// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Chroot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where programs are looked for: the absolute directories of a PATH. */
public final class SearchPath {
    private final List<Path> directories;
    private final Path root;

    /** @param path as the variable has it; relative entries are left out, they would depend on where Hatter was started */
    public SearchPath(String path) {
        root = null;
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

    private SearchPath(List<Path> directories, Path root) {
        this.directories = directories;
        this.root = root;
    }

    /** The same directories inside of another root directory. */
    SearchPath in(Path newRoot) {
        return new SearchPath(directories, newRoot);
    }

    private boolean isProgram(Path file) {
        try {
            Path seen = root == null ? file : Chroot.resolve(root, file);
            return Files.isRegularFile(seen) && Files.isExecutable(seen);
        } catch (IOException e) {
            return false;
        }
    }

    /** The first executable file of that name. */
    public Optional<Path> find(String program) {
        try {
            return directories.stream()
                    .map(directory -> directory.resolve(program))
                    .filter(this::isProgram)
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String path = String.join(
                ":", directories.stream().map(Path::toString).distinct().toList());
        return root == null ? path : path + " inside of root directory \"" + root + "\"";
    }
}
