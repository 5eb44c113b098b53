// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A temporary directory that any user may enter, as workers run under another one; its end deletes it. */
public final class Scratch implements AutoCloseable {
    private static final Set<Path> PRESENT = ConcurrentHashMap.newKeySet();

    static {
        // a test run that is stopped halfway
        Runtime.getRuntime().addShutdownHook(new Thread(() -> PRESENT.forEach(Scratch::delete)));
    }

    private final Path path;

    private Scratch(Path path) {
        this.path = path;
        PRESENT.add(path);
    }

    public static Scratch create() {
        try {
            Scratch scratch = new Scratch(Files.createTempDirectory("hit"));
            setMode(scratch.path, "rwxr-xr-x");
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory", e);
        }
    }

    public Path path() {
        return path;
    }

    public Path directory(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory that the workers may write to. */
    public Path writable(String name) {
        Path directory = directory(name);
        setMode(directory, "rwxrwxrwx");
        return directory;
    }

    public Path write(String name, String content) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the test resource {@code site/<resource>}. */
    public Path site(String resource, String name) {
        try (InputStream content = Scratch.class.getResourceAsStream("/site/" + resource)) {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void setMode(Path file, String mode) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete(path);
        PRESENT.remove(path);
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.isWritable(file.getParent())) {
                    setMode(file.getParent(), "rwxr-xr-x");
                }
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // somebody else ended in it just now
        } catch (IOException e) {
            throw new UncheckedIOException(tree + " can't be deleted", e);
        }
    }
}
