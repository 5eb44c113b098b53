// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hatter as an ordinary user. */
@Timeout(60)
class NotRootTest {
    private Path shared;

    /** A place that the other user may enter, with copies of all classes. */
    private String classPathForAll() throws Exception {
        shared = Files.createTempDirectory("hatter-test");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = shared.resolve("cp" + entries.size() + (entry.endsWith(".jar") ? ".jar" : ""));
            copy(Path.of(entry), copy);
            entries.add(copy.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws Exception {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @AfterEach
    void remove() throws Exception {
        if (shared != null) {
            try (Stream<Path> files = Files.walk(shared)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .map(Path::toFile)
                        .forEach(File::delete);
            }
        }
    }

    @Test
    void itLaunchesAsItselfAndSaysWhyNotAsAnother() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to become somebody else");
        List<String> prefix = List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--");
        String classPath = classPathForAll();
        Path run = Files.createDirectory(shared.resolve("run"));
        Files.setAttribute(run, "unix:uid", 65534);
        List<String> lines = new ArrayList<>();
        try (OtherJvm jvm = OtherJvm.start(prefix, classPath, NotRootMain.class, run.toString())) {
            for (String line = jvm.line(); line != null; line = jvm.line()) {
                lines.add(line);
            }
        }
        assertThat(lines.stream().filter(line -> line.startsWith("fault ")).collect(Collectors.toList()))
                .containsExactly(
                        "fault user \"daemon\" is another user, Hatter runs as uid 65534 and gid 65534;"
                                + " only root can do that: start Hatter as root, or leave it out",
                        "fault group \"daemon\" is another group, Hatter runs as uid 65534 and gid 65534;"
                                + " only root can do that: start Hatter as root, or leave it out");
        assertThat(lines)
                .contains("Uid:\t65534\t65534\t65534\t65534", "CapAmb:\t0000000000000000", "exited with code 0");
    }
}
