// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the kernel's file, and how often. */
class RunQueueTest {
    private static final long MILLISECOND = 1_000_000;

    @TempDir
    private Path directory;

    private Path file;
    private long now = 7;

    @BeforeEach
    void name() {
        file = directory.resolve("loadavg");
    }

    @Test
    void moreThreadsThanThatAreACrowd() throws IOException {
        write("0.20 0.18 0.12 2/80 11206\n");
        RunQueue queue = queue();
        assertThat(queue.isCrowded()).isFalse();
        write("12.00 3.18 0.12 3/80 11206\n");
        now += MILLISECOND;
        assertThat(queue.isCrowded()).isTrue();
        write("12.00 3.18 0.12 12/80 11206\n");
        now += MILLISECOND;
        assertThat(queue.isCrowded()).isTrue();
    }

    @Test
    void itIsReadOnceInAMillisecond() throws IOException {
        write("0.20 0.18 0.12 9/80 11206\n");
        RunQueue queue = queue();
        assertThat(queue.isCrowded()).isTrue();
        write("0.20 0.18 0.12 1/80 11206\n");
        now += MILLISECOND - 1;
        assertThat(queue.isCrowded()).isTrue();
        now += 1;
        assertThat(queue.isCrowded()).isFalse();
    }

    @Test
    void withoutTheFileThereIsNoCrowdAndNobodyLooksAgain() throws IOException {
        RunQueue queue = queue();
        assertThat(queue.isCrowded()).isFalse();
        write("0.20 0.18 0.12 9/80 11206\n");
        now += MILLISECOND;
        assertThat(queue.isCrowded()).isFalse();
    }

    @Test
    void thisSystemHasTheFile() {
        assertThat(new RunQueue(Path.of("/proc/loadavg"), 0, System::nanoTime).isCrowded())
                .as("the thread that reads it runs")
                .isTrue();
    }

    private RunQueue queue() {
        return new RunQueue(file, 2, () -> now);
    }

    private void write(String line) throws IOException {
        Files.writeString(file, line);
    }
}
