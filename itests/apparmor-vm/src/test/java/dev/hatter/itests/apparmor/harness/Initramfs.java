// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Collectors;

/** The guest's first file system: a shell and the kernel modules that are needed to see the host's. */
final class Initramfs {
    private static final String LOADER = "/ld-linux"; // in a program that isn't static

    private Initramfs() {}

    /** Packs it in a directory and returns the archive. */
    static Path build(Kernel kernel, Path directory) {
        Path busybox = Programs.require("busybox", "busybox-static");
        Path archive = directory.resolve("initramfs.cpio");
        try {
            if (Files.readString(busybox, StandardCharsets.ISO_8859_1).contains(LOADER)) {
                throw Programs.missing(busybox + " isn't static (apt-get install busybox-static)");
            }
            Path root = Files.createDirectory(directory.resolve("initramfs"));
            Files.copy(busybox, Files.createDirectory(root.resolve("bin")).resolve("busybox"));
            copyModules(kernel, Files.createDirectory(root.resolve("modules")));
            Path init = root.resolve("init");
            Resources.copy("guest/init", init);
            Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
            String pack = "cd '%s' && find . | '%s' cpio -o -H newc >'%s'".formatted(root, busybox, archive);
            Run.check(Duration.ofSeconds(30), "sh", "-c", pack);
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyModules(Kernel kernel, Path directory) throws IOException {
        for (Path module : kernel.modules()) {
            Files.copy(module, directory.resolve(module.getFileName()));
        }
        String order = kernel.modules().stream()
                .map(module -> module.getFileName() + "\n")
                .collect(Collectors.joining());
        Files.writeString(directory.resolve("order"), order);
    }
}
