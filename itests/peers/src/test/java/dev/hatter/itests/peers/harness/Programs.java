// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The programs that other people wrote, as they are installed on this machine. */
public final class Programs {
    /** Where Debian keeps servers; not in everybody's PATH. */
    private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Programs() {}

    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), SYSTEM_DIRECTORIES.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The program; without it the test is skipped, or fails where {@code CI=true}. */
    public static Path require(String name, String debianPackage) {
        return find(name).orElseThrow(() -> missing(name + " isn't installed (apt-get install " + debianPackage + ")"));
    }

    /** The file or directory; without it the test is skipped, or fails where {@code CI=true}. */
    public static Path requireFile(String path, String debianPackage) {
        if (!Files.exists(Path.of(path))) {
            throw missing(path + " isn't there (apt-get install " + debianPackage + ")");
        }
        return Path.of(path);
    }

    /** What to throw where a test can't run for that reason. */
    public static RuntimeException missing(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionFailedError(reason + ", and CI=true asks for every peer");
        }
        return new TestAbortedException("SKIPPED: " + reason);
    }
}
