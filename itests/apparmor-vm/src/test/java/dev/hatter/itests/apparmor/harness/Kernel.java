// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's kernel, as it comes in its package: downloaded once and unpacked, not installed.
 *
 * @param image what qemu boots
 * @param modules those that the guest needs to see the host's files, in the order of loading
 */
public record Kernel(Path image, List<Path> modules) {
    private static final String PACKAGE = "linux-image-amd64";
    private static final Pattern DEPENDS = Pattern.compile("Depends: (linux-image-\\S+)");
    private static final Path CACHE = Path.of(System.getProperty("hatter.kernels"));
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);
    private static final Duration COMMAND = Duration.ofMinutes(1);
    private static final List<String> MODULES = List.of(
            "virtio_ring",
            "virtio",
            "virtio_pci_legacy_dev",
            "virtio_pci_modern_dev",
            "virtio_pci",
            "netfs",
            "fscache",
            "9pnet",
            "9pnet_virtio",
            "9p",
            "overlay");

    /** The cached one, or a new one; without, the test is skipped, or fails where {@code CI=true}. */
    static synchronized Kernel require() {
        return cached().map(Kernel::in).orElseGet(() -> in(download()));
    }

    private static Optional<Path> cached() {
        if (!Files.isDirectory(CACHE)) {
            return Optional.empty();
        }
        try (Stream<Path> kernels = Files.list(CACHE)) {
            return kernels.filter(kernel -> kernel.getFileName().toString().startsWith("linux-image-"))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path download() {
        if (System.getProperty("hatter.maven").equals("offline=true")) {
            throw Programs.missing("no kernel in " + CACHE + ", and Maven is offline (-o)");
        }
        Programs.require("apt-get", "apt");
        String name = newest();
        Path unpacked = temporary();
        Run download = Run.run(
                DOWNLOAD, Map.of(), List.of("sh", "-c", "cd '" + unpacked + "' && apt-get -q download " + name));
        if (download.exitCode() != 0) {
            throw Programs.missing("package " + name + " can't be downloaded: " + download.output());
        }
        unpack(unpacked);
        return keep(unpacked, CACHE.resolve(name));
    }

    /** The package that the meta-package stands for today. */
    private static String newest() {
        Run depends = Run.run(COMMAND, Map.of(), List.of("apt-cache", "depends", PACKAGE));
        Matcher name = DEPENDS.matcher(depends.output());
        if (!name.find()) {
            throw Programs.missing("apt knows no package " + PACKAGE + " (apt-get update; Debian on x86-64 has it): "
                    + depends.output());
        }
        return name.group(1);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Files.createDirectories(CACHE), "new")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of 400 MB what is needed: the image and a few modules. */
    private static void unpack(Path directory) {
        String script = "cd '" + directory + "' && dpkg --fsys-tarfile ./*.deb"
                + " | tar -x --wildcards './boot/vmlinuz-*' '*/drivers/virtio/*' '*/9p/*' '*/fs/netfs/*' '*/fscache/*'"
                + " '*/overlayfs/*' && rm ./*.deb";
        Run.check(COMMAND, "sh", "-c", script);
    }

    private static Path keep(Path unpacked, Path place) {
        try {
            Logs.say("kernel: %s", place);
            return Files.move(unpacked, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Kernel in(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            Path image = all.stream()
                    .filter(file -> file.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst()
                    .orElseThrow(() -> Programs.missing("no boot/vmlinuz in " + directory));
            return new Kernel(
                    image, MODULES.stream().map(name -> module(name, all)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path module(String name, List<Path> files) {
        return files.stream()
                .filter(file -> file.endsWith(name + ".ko"))
                .findFirst()
                .orElseThrow(() -> Programs.missing("the kernel has no module " + name + ".ko"));
    }
}
