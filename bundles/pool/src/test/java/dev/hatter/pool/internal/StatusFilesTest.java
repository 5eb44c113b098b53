// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFilesTest {
    @TempDir
    Path run;

    private Path file() {
        return run.resolve("pools/www");
    }

    /** Does what it is given when it is told to. */
    private static final class Later implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void catchUp() {
            while (!tasks.isEmpty()) {
                tasks.poll().run();
            }
        }
    }

    @Test
    void whatARunBeforeLeftIsRemoved() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "active");
        StatusFiles.in(run);
        assertThat(file()).doesNotExist();
    }

    @Test
    void aPoolThatGoesSlowlyTakesNothingFromTheNextOfItsName() {
        StatusFiles files = StatusFiles.in(run);
        Later slow = new Later();
        StatusFile old = files.of("www", slow);
        old.write("active, the old one");
        slow.catchUp();
        old.write("stopping");
        old.remove();
        files.of("www", Runnable::run).write("active");
        slow.catchUp();
        assertThat(file()).hasContent("active");
    }

    @Test
    void aPoolThatGoesLeavesBehindWhatIsWaitedFor() {
        StatusFiles files = StatusFiles.in(run);
        Later slow = new Later();
        StatusFile pool = files.of("www", slow);
        pool.write("active");
        slow.catchUp();
        files.setWaiting("www", "waiting: for it");
        pool.write("stopping");
        pool.remove();
        slow.catchUp();
        assertThat(file()).hasContent("waiting: for it");
        files.endWaiting("www");
        assertThat(file()).doesNotExist();
    }

    @Test
    void waitingIsOverWhenThePoolComes() {
        StatusFiles files = StatusFiles.in(run);
        files.setWaiting("www", "waiting: for it");
        StatusFile pool = files.of("www", Runnable::run);
        pool.write("active");
        files.endWaiting("www");
        assertThat(file()).hasContent("active");
        pool.remove();
        assertThat(file()).doesNotExist();
    }
}
