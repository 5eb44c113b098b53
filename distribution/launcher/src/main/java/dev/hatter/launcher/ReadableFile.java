// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that everyone may read, whatever the umask, and that is never there by half. */
final class ReadableFile {
    private ReadableFile() {}

    static void write(Path path, byte[] content) throws IOException {
        Path draft = path.resolveSibling("." + path.getFileName() + ".new");
        Files.write(draft, content);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    }
}
