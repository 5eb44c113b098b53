// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Hatter that is killed leaves behind, and what the next one does about it. */
@Timeout(60)
class LeftoversTest {
    /** Survives its parent: two processes in its group, one of which has neither our socket nor its leader's output. */
    private static final String SURVIVOR = "exec setpriv --pdeathsig clear -- sh -c '"
            + "sleep 1000 < /dev/null > /dev/null 2>&1 & echo $!; echo $$; exec sleep 1000'";

    /** Dies with its parent; its child, which has our socket, doesn't. */
    private static final String FAMILY = "sleep 1000 <&0 & echo $!; echo $$; exec sleep 1000";

    @TempDir
    Path run;

    private final List<Long> pids = new ArrayList<>();
    private OtherJvm other;

    @BeforeEach
    void needsSetpriv() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    }

    @AfterEach
    void killOther() throws Exception {
        if (other != null) {
            other.close();
        }
    }

    /** Launches it in another JVM; takes note of the two process ids that it prints. */
    private void launchElsewhere(String script) throws Exception {
        other = OtherJvm.start(
                List.of(), System.getProperty("java.class.path"), LaunchingMain.class, run.toString(), script);
        pids.add(Long.parseLong(other.line()));
        pids.add(Long.parseLong(other.line()));
        assertThat(pids).allMatch(Proc::isRunning);
    }

    private void assertAllGoneAfterNextStart() throws Exception {
        Launchers.open(run).close();
        assertThat(pids).noneMatch(Proc::isRunning);
        assertThat(files()).containsExactly("lock");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("sockets"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aProcessDiesWithItsHatter() throws Exception {
        launchElsewhere("echo $$; echo $$; exec sleep 1000");
        other.kill();
        await().until(() -> pids.stream().noneMatch(Proc::isRunning));
        assertAllGoneAfterNextStart();
    }

    @Test
    void oneThatDoesNotIsEndedWithItsSessionByTheNext() throws Exception {
        launchElsewhere(SURVIVOR);
        other.kill();
        assertThat(pids).allMatch(Proc::isRunning);
        assertAllGoneAfterNextStart();
    }

    @Test
    void childrenThatOutliveTheirLeaderAreFoundByTheirSocket() throws Exception {
        launchElsewhere(FAMILY);
        other.kill();
        await().until(() -> !Proc.isRunning(pids.get(1)));
        assertThat(Proc.isRunning(pids.get(0))).isTrue();
        assertAllGoneAfterNextStart();
    }

    @Test
    void oneThatWasNotYetRecordedIsFoundByItsSocket() throws Exception {
        launchElsewhere("exec setpriv --pdeathsig clear -- sh -c 'echo $$; echo $$; exec sleep 1000'");
        other.kill();
        Path record = run.resolve("sockets/1.worker");
        String text = Files.readString(record);
        assertThat(text).contains("\nprocess=" + pids.get(0) + " ");
        Files.writeString(record, text.substring(0, text.indexOf("process=")));
        assertAllGoneAfterNextStart();
    }

    @Test
    void aRecordOfAnotherBootMeansNothing() throws Exception {
        launchElsewhere(SURVIVOR);
        other.kill();
        Path record = run.resolve("sockets/1.worker");
        Files.writeString(record, Files.readString(record).replaceFirst("boot=....", "boot=ffff"));
        Launchers.open(run).close();
        assertThat(pids).allMatch(Proc::isRunning);
        assertThat(files()).containsExactly("lock");
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void aStrangerThatHasTheIdTodayIsLeftAlone() throws Exception {
        launchElsewhere("echo $$; echo $$; exec sleep 1000");
        other.kill();
        Process stranger = new ProcessBuilder("setsid", "sleep", "1000").start();
        try {
            Path record = run.resolve("sockets/1.worker");
            String text = Files.readString(record).replace("process=" + pids.get(0), "process=" + stranger.pid());
            Files.writeString(record, text);
            Launchers.open(run).close();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(files()).containsExactly("lock");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aHatterThatLivesKeepsTheOthersOut() throws Exception {
        launchElsewhere(SURVIVOR);
        assertThatThrownBy(() -> Launchers.open(run))
                .isInstanceOf(IOException.class)
                .hasMessage("run directory \"" + run + "\" is used by another Hatter (pid " + other.pid()
                        + "); stop that one or use another run directory");
        assertThat(pids).allMatch(Proc::isRunning);
        other.kill();
        assertAllGoneAfterNextStart();
    }
}
