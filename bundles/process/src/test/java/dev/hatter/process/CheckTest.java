// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said before anything is started. */
class CheckTest {
    @TempDir
    Path run;

    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher = Launchers.open(run);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private List<String> faults(String... command) {
        return texts(launcher.check(Specs.of(new Lines(), command)));
    }

    private Path file(String content, String mode) throws Exception {
        Path file = Files.writeString(run.resolve("file"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void nothingIsSaidWhenAllIsWell() {
        assertThat(faults("sh", "-c", "exit 0")).isEmpty();
    }

    @Test
    void aMissingProgramIsNamedWithWhereItWasLookedFor() {
        assertThat(faults("no-such-program"))
                .singleElement()
                .asString()
                .startsWith("no program \"no-such-program\" in /")
                .contains("/usr/bin");
        assertThat(faults("/no/such/program"))
                .singleElement()
                .asString()
                .startsWith("no such program \"/no/such/program\"");
        assertThat(faults("bin/program")).singleElement().asString().contains("relative path");
        assertThat(faults("")).singleElement().asString().contains("command is empty");
        assertThat(faults()).singleElement().asString().contains("command is empty");
    }

    @Test
    void whatIsNoProgramIsNamed() throws Exception {
        assertThat(faults("/usr/bin")).singleElement().asString().contains("is a directory");
        assertThat(faults("/dev/null")).singleElement().asString().contains("no regular file");
        assertThat(faults(file("x", "rw-r--r--").toString()))
                .singleElement()
                .asString()
                .contains("can't be executed", "chmod +x");
    }

    @Test
    void aMissingInterpreterIsNamed() throws Exception {
        Path script = file("#! /no/such/php -q\nx\n", "rwxr-xr-x");
        assertThat(faults(script.toString()))
                .singleElement()
                .asString()
                .contains("\"/no/such/php\"", script.toString(), "first line");
    }

    @Test
    void allFaultsComeAtOnce() {
        LaunchSpec spec = new LaunchSpec(
                "pool x",
                List.of("no-such-program", "nul\0"),
                Map.of("A=B", "1"),
                Path.of("/no/such/dir"),
                new Identity("no-such-user", "no-such-group"),
                0,
                new Lines());
        assertThat(texts(launcher.check(spec))).hasSize(7);
        assertThatThrownBy(() -> launcher.launch(spec))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("no-such-user");
    }

    @Test
    void aDirectoryThatIsNoneIsNamed() {
        LaunchSpec spec = Specs.of(new Lines(), "true");
        assertThat(texts(launcher.check(Specs.with(spec, Map.of(), Path.of("/etc/passwd")))))
                .singleElement()
                .asString()
                .contains("\"/etc/passwd\" is no directory");
        assertThat(texts(launcher.check(Specs.with(spec, Map.of(), Path.of("relative")))))
                .singleElement()
                .asString()
                .contains("isn't absolute");
    }

    private static List<String> texts(List<LaunchFault> faults) {
        return faults.stream().map(LaunchFault::text).toList();
    }
}
