// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The KAR as built, unpacked: a Maven repository of our features and of all that they need besides Karaf. */
public final class Kar {
    private static final String REPOSITORY = "repository/";

    private final Path repository;

    /** Unpacks it below that directory. */
    public Kar(Path directory) {
        this.repository = directory;
        try (ZipFile zip = new ZipFile(System.getProperty("hatter.kar"))) {
            for (ZipEntry entry : zip.stream().toList()) {
                unpack(zip, entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void unpack(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.isDirectory() || !entry.getName().startsWith(REPOSITORY)) {
            return;
        }
        Path file = repository.resolve(entry.getName().substring(REPOSITORY.length()));
        Files.createDirectories(file.getParent());
        try (var content = zip.getInputStream(entry)) {
            Files.copy(content, file);
        }
    }

    public Path repository() {
        return repository;
    }

    /** Where a Karaf finds what isn't in it: where Maven has it, and nowhere else; for Pax URL. */
    public static String otherRepositories() {
        return "file:" + System.getProperty("hatter.m2") + "@id=m2";
    }

    /** The URL of our feature repository in it. */
    String features() {
        return find(file -> file.getFileName().toString().matches("hatter-features-.*-features\\.xml"))
                .get(0)
                .toUri()
                .toString();
    }

    /** All its bundles. */
    List<Path> jars() {
        return find(file -> file.toString().endsWith(".jar"));
    }

    private List<Path> find(Predicate<Path> which) {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(which).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only jar of that artifact. */
    Path jar(String artifact) {
        List<Path> found = jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith(artifact + "-"))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(artifact + " must be once in the KAR, and is there as " + found);
        }
        return found.get(0);
    }
}
