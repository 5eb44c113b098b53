// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a path leads inside of another root directory. */
class ChrootTest {
    @TempDir
    Path root;

    @BeforeEach
    void createFiles() throws IOException {
        Files.createDirectories(root.resolve("srv/www"));
        Files.writeString(root.resolve("srv/www/a"), "x");
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/srv"));
        Files.createSymbolicLink(root.resolve("srv/up"), Path.of("../../../../srv/www"));
        Files.createSymbolicLink(root.resolve("out"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    }

    private Path resolve(String path) throws IOException {
        return Chroot.resolve(root, Path.of(path));
    }

    @Test
    void linksAreFollowedInside() throws Exception {
        Path file = root.resolve("srv/www/a");
        assertThat(resolve("/srv/www/a")).isEqualTo(file);
        assertThat(resolve("/absolute/./www/a")).isEqualTo(file);
        assertThat(resolve("/srv/up/a")).isEqualTo(file);
        assertThat(resolve("/../../srv/www/../www/a")).isEqualTo(file);
        assertThat(resolve("/")).isEqualTo(root);
    }

    @Test
    void nothingLeadsOut() {
        assertThatThrownBy(() -> resolve("/out")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> resolve("/../etc/passwd")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> resolve("/loop")).isInstanceOf(FileSystemLoopException.class);
        assertThatThrownBy(() -> resolve("/srv/www/a/b")).hasMessageContaining("Not a directory");
    }
}
