// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.process.ExitStatus;
import dev.hatter.process.Exits;
import dev.hatter.process.Lines;
import dev.hatter.process.Specs;
import dev.hatter.process.WorkerProcess;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.Native;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exits are noticed also where the kernel has no pidfd_open. */
class PollingTest {
    @TempDir
    Path run;

    private static final class WithoutPidfd extends Children {
        WithoutPidfd(Native os) {
            super(os);
        }

        @Override
        public Optional<Descriptor> watch(int pid) {
            return Optional.empty();
        }
    }

    @Test
    void exitsAreNoticedByAsking() throws Exception {
        Native os = Native.load();
        try (ProcessLauncher launcher = ProcessLauncher.open(os, new WithoutPidfd(os), run)) {
            Process other = new ProcessBuilder("/bin/sh", "-c", "read x; exit 42").start();
            Lines lines = new Lines();
            WorkerProcess process = launcher.launch(Specs.shell(lines, "echo up; exit 3"));
            assertThat(Exits.of(process)).isEqualTo(new ExitStatus.Exited(3));
            assertThat(lines.out()).containsExactly("up");
            assertThat(Path.of("/proc/" + process.pid())).doesNotExist();
            other.getOutputStream().close();
            assertThat(other.waitFor()).isEqualTo(42);
        }
    }
}
