// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within one JVM, where a second lock of the same file would be an error of its own. */
class RunLockTest {
    @TempDir
    Path run;

    @Test
    void writesThePidAndLeavesNothing() throws Exception {
        try (RunLock lock = RunLock.acquire(run)) {
            assertThat(lock).isNotNull();
            assertThat(run.resolve("hatter.pid"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void takesOverFromOneThatWasKilled() throws Exception {
        Files.writeString(run.resolve("hatter.pid"), "1\n");
        Files.createFile(run.resolve("hatter.lock"));
        RunLock.acquire(run).close();
        RunLock.acquire(run).close();
        assertThat(run).isEmptyDirectory();
    }
}
