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
    private static final String REMEDY = ", which Hatter (uid 65534, gid 65534) doesn't have;"
            + " start it as root or with that capability, or leave it out";

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

    private static String[] arguments(Path run, String... more) {
        return more.length == 0 ? new String[] {run.toString()} : new String[] {run.toString(), "able"};
    }

    private List<String> linesAsNobody(String... more) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to become somebody else");
        List<String> prefix = new ArrayList<>(
                List.of("prlimit", "--nofile=1000:1000", "setpriv", "--reuid", "65534", "--regid", "65534"));
        prefix.add("--clear-groups");
        prefix.addAll(List.of(more));
        prefix.add("--");
        String classPath = classPathForAll();
        Path run = Files.createDirectory(shared.resolve("run"));
        Files.setAttribute(run, "unix:uid", 65534);
        List<String> lines = new ArrayList<>();
        try (OtherJvm jvm = OtherJvm.start(prefix, classPath, NotRootMain.class, arguments(run, more))) {
            for (String line = jvm.line(); line != null; line = jvm.line()) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void itLaunchesAsItselfAndSaysWhyNotAsAnother() throws Exception {
        List<String> lines = linesAsNobody();
        assertThat(lines.stream().filter(line -> line.startsWith("fault ")).collect(Collectors.toList()))
                .containsExactly(
                        "fault user \"daemon\" is another user: that needs CAP_SETUID, CAP_SETGID, CAP_KILL" + REMEDY,
                        "fault group \"daemon\" is another group: that needs CAP_SETGID" + REMEDY,
                        "fault a limit of 2000 open files is above Hatter's own hard limit of 1000:"
                                + " that needs CAP_SYS_RESOURCE" + REMEDY,
                        "fault priority -5 is above Hatter's own (nice value 0): that needs CAP_SYS_NICE" + REMEDY,
                        "fault root directory \"/tmp\" can be changed to by root alone, Hatter runs as uid 65534;"
                                + " start it as root, or leave it out");
        assertThat(lines)
                .contains("Uid:\t65534\t65534\t65534\t65534", "CapAmb:\t0000000000000000", "exited with code 0");
    }

    @Test
    void withAmbientCapabilitiesItLaunchesAsOthersAndTheyGetNoneOfThem() throws Exception {
        String capabilities = "+setuid,+setgid,+kill,+sys_nice";
        List<String> lines = linesAsNobody("--inh-caps", capabilities, "--ambient-caps", capabilities);
        assertThat(lines.stream().filter(line -> line.startsWith("fault ")).collect(Collectors.toList()))
                .isEmpty();
        assertThat(lines).contains("Uid:\t1\t1\t1\t1", "Gid:\t1\t1\t1\t1", "nice -5", "killed");
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
            assertThat(lines.stream().filter(line -> line.startsWith(set))).containsOnly(set + ":\t0000000000000000");
        }
    }
}
