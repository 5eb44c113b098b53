// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is left behind. */
@Timeout(120)
class LeakTest {
    private static final int LAUNCHES = 200;

    @TempDir
    Path run;

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hatter-process"))
                .count();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(run.resolve("sockets"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void manyProcessesComeAndGoWithoutATrace() throws Exception {
        try (CloseableLauncher launcher = Launchers.open(run)) {
            Exits.of(launcher.launch(Specs.of(new Lines(), "true"))); // loads what is loaded once
            long before = Proc.ownDescriptors();
            List<WorkerProcess> processes = new ArrayList<>();
            for (int i = 0; i < LAUNCHES; i++) {
                processes.add(launcher.launch(Specs.shell(new Lines(), "echo $$; exit 1")));
            }
            for (WorkerProcess process : processes) {
                Exits.of(process);
                assertThat(Path.of("/proc/" + process.pid())).as("no zombie").doesNotExist();
            }
            await().until(() -> Proc.ownDescriptors() <= before);
            assertThat(files()).containsExactly("lock");
        }
    }

    @Test
    void closingGivesEverythingBack() throws Exception {
        Launchers.open(run).close();
        long before = Proc.ownDescriptors();
        for (int i = 0; i < 20; i++) {
            try (CloseableLauncher launcher = Launchers.open(run)) {
                launcher.launch(Specs.of(new Lines(), "sleep", "100"));
            }
        }
        await().until(() -> threads() == 0);
        await().until(() -> Proc.ownDescriptors() <= before);
        assertThat(files()).containsExactly("lock");
    }

    @Test
    void aLaunchThatFailsLeavesNothing() throws Exception {
        Path script = Files.writeString(run.resolve("no program"), "this is no program");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        List<String> huge = List.of("true", "x".repeat(3 << 20));
        try (CloseableLauncher launcher = Launchers.open(run)) {
            long before = Proc.ownDescriptors();
            LaunchSpec spec = Specs.of(new Lines(), "true");
            LaunchSpec tooLong = new LaunchSpec("x", huge, spec.environment(), null, null, 1, new Lines());
            assertThatThrownBy(() -> launcher.launch(tooLong))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("posix_spawn")
                    .hasMessageContaining("Argument list too long (errno 7); make its arguments");
            assertThat(Proc.ownDescriptors()).isEqualTo(before);
            assertThat(files()).containsExactly("lock");
        }
    }
}
