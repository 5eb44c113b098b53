// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolStatesTest {
    @TempDir
    Path directory;

    private Path conf;
    private Path pools;

    @BeforeEach
    void makeDirectories() throws Exception {
        conf = Files.createDirectory(directory.resolve("conf"));
        pools = directory.resolve("pools");
        Files.createFile(conf.resolve("dev.hatter.pool-www.cfg"));
        Files.createFile(conf.resolve("something.else.cfg"));
    }

    @Test
    void waitsForEveryConfiguredPool() throws Exception {
        Thread writer = new Thread(() -> {
            try {
                Files.createDirectory(pools);
                say("starting");
                say("active");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        assertThat(new PoolStates(conf, pools).await(Duration.ofSeconds(30))).containsEntry("www", "active");
        writer.join();
    }

    /** As a pool does: nobody sees half of it. */
    private void say(String state) throws IOException {
        Path draft = Files.writeString(pools.resolve(".www.new"), state + "\n");
        Files.move(draft, pools.resolve("www"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void doesNotWaitForeverForOneThatSaysNothing() throws Exception {
        assertThat(new PoolStates(conf, pools).await(Duration.ofMillis(1)))
                .isEqualTo(Map.of("www", "has not said anything yet"));
    }

    @Test
    void readsNoDrafts() throws Exception {
        Files.createDirectory(pools);
        Files.writeString(pools.resolve(".www.new"), "act");
        assertThat(new PoolStates(conf, pools).read()).isEmpty();
    }
}
