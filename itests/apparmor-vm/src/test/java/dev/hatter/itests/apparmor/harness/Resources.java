// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The scripts for the guest. */
final class Resources {
    private Resources() {}

    static void copy(String name, Path target) {
        try (InputStream content = Resources.class.getResourceAsStream("/" + name)) {
            Files.copy(Objects.requireNonNull(content, name), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies all of {@code guest/} into a directory. */
    static void copyGuest(Path target) {
        for (Path file : files()) {
            copy("guest/" + file.getFileName(), target.resolve(file.getFileName()));
        }
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(Resources.class.getResource("/guest")).toURI()))) {
            return files.toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
