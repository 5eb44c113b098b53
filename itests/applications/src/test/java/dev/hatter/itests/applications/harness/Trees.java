// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Copies of installed files, which the tests may change. */
public final class Trees {
    private Trees() {}

    /**
     * Copies a directory, what links lead to in their place, and no links to what isn't installed.
     *
     * @param wanted which directories, by their path below it
     */
    public static void copy(Path from, Path to, Predicate<Path> wanted) {
        try {
            Files.walkFileTree(
                    from, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, copier(from, to, wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@link #copy}: of the directories with that parent only the one of that name, e.g. of a language. */
    public static Predicate<Path> only(String parent, String name) {
        return directory ->
                directory.getParent() == null || !directory.getParent().endsWith(parent) || directory.endsWith(name);
    }

    private static SimpleFileVisitor<Path> copier(Path from, Path to, Predicate<Path> wanted) {
        return new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!wanted.test(from.relativize(directory))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    // a stream, so that it gets a new file's mode: workers run as another user
                    try (var content = Files.newInputStream(file)) {
                        Files.copy(content, target(file));
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (!wanted.test(from.relativize(file))) {
                    return FileVisitResult.CONTINUE; // a directory is opened before anybody is asked
                }
                throw e;
            }

            private Path target(Path file) {
                return to.resolve(from.relativize(file).toString());
            }
        };
    }

    /** Lets everybody write to the directory and all below it. */
    public static void open(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                Scratch.setMode(path, Files.isDirectory(path) ? "rwxrwxrwx" : "rw-rw-rw-");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text that has to be there. */
    public static void edit(Path file, String text, String replacement) {
        try {
            String content = Files.readString(file);
            if (!content.contains(text)) {
                throw new AssertionError(file + " has no \"" + text + "\"");
            }
            Files.writeString(file, content.replace(text, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
