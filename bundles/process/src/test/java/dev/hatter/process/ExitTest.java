// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hatter.process.ExitStatus.Exited;
import dev.hatter.process.ExitStatus.Signalled;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How processes end. */
@Timeout(60)
class ExitTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path run;

    private final Lines lines = new Lines();
    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher = Launchers.open(run);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private WorkerProcess shell(String script) throws LaunchException {
        return launcher.launch(Specs.shell(lines, script));
    }

    @Test
    void theExitCodeIsReported() throws Exception {
        assertThat(Exits.of(shell("exit 0"))).isEqualTo(new Exited(0)).hasToString("exited with code 0");
        assertThat(Exits.of(shell("exit 3"))).isEqualTo(new Exited(3));
        assertThat(Exits.of(shell("exit 255"))).isEqualTo(new Exited(255));
    }

    @Test
    void theSignalIsReported() throws Exception {
        Signalled segv = new Signalled(11, false);
        assertThat(Exits.of(shell("ulimit -c 0; kill -SEGV $$")))
                .isEqualTo(segv)
                .hasToString("exited on signal 11 (SIGSEGV)");
        assertThat(Exits.of(shell("kill -KILL $$"))).isEqualTo(new Signalled(9, false));
    }

    @Test
    void aSignalGoesToTheProcessAlone() throws Exception {
        WorkerProcess process = shell("trap 'echo got it; exit 7' USR1; echo up; while :; do sleep 0.05; done");
        lines.awaitOut("up");
        process.signal(10);
        assertThat(Exits.of(process)).isEqualTo(new Exited(7));
        assertThat(lines.out()).containsExactly("up", "got it");
    }

    @Test
    void termIsTriedFirst() throws Exception {
        WorkerProcess process = shell("trap 'echo bye; exit 4' TERM; echo up; while :; do sleep 0.05; done");
        lines.awaitOut("up");
        process.end(NEVER);
        assertThat(Exits.of(process)).isEqualTo(new Exited(4));
        assertThat(lines.out()).containsExactly("up", "bye");
    }

    @Test
    void killFollowsWhenTermIsIgnored() throws Exception {
        WorkerProcess process = shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
        lines.awaitOut("up");
        process.end(Duration.ofMillis(200));
        assertThat(Exits.of(process)).isEqualTo(new Signalled(9, false));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void theWholeGroupIsEnded() throws Exception {
        WorkerProcess process = shell("(trap '' TERM; sh -c 'echo $$; exec sleep 1000') & echo up; wait");
        await().until(() -> lines.out().size() == 2);
        long grandchild = grandchild();
        process.end(Duration.ofMillis(100));
        Exits.of(process);
        await().until(() -> !Proc.isRunning(grandchild));
    }

    @Test
    void whatIsLeftOfTheGroupDiesWithItsLeader() throws Exception {
        WorkerProcess process = shell("sh -c 'echo $$; exec sleep 1000' & read x < /dev/zero; exit 5");
        await().until(() -> lines.out().size() == 1);
        long grandchild = grandchild();
        process.signal(Signal.KILL);
        assertThat(Exits.of(process)).isEqualTo(new Signalled(9, false));
        await().until(() -> !Proc.isRunning(grandchild));
    }

    private long grandchild() {
        return lines.out().stream()
                .filter(line -> !line.equals("up"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEscapedGrandchildThatHoldsTheOutputHoldsNothingUp() throws Exception {
        WorkerProcess process = shell("setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.2; echo -n last; exit 6");
        assertThat(Exits.of(process)).isEqualTo(new Exited(6));
        assertThat(lines.out()).hasSize(2).contains("last");
        long escaped = Long.parseLong(lines.out().get(0));
        assertThat(Proc.isRunning(escaped)).isTrue();
        ProcessHandle.of(escaped).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void anEscapedGrandchildThatWritesForEverHoldsNothingUp() throws Exception {
        WorkerProcess process = shell("setsid sh -c 'echo $$; exec yes' & sleep 0.2; exit 6");
        assertThat(Exits.of(process)).isEqualTo(new Exited(6));
        long escaped = Long.parseLong(lines.out().get(0));
        await().until(() -> !Proc.isRunning(escaped)); // of SIGPIPE
    }

    @Test
    void theSocketGoesWithTheProcess() throws Exception {
        WorkerProcess process = shell("exec sleep 60");
        assertThat(process.socket()).exists();
        process.end(Duration.ZERO);
        Exits.of(process);
        assertThat(process.socket()).doesNotExist();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            assertThatThrownBy(() -> channel.connect(UnixDomainSocketAddress.of(process.socket())))
                    .isInstanceOfAny(SocketException.class, ConnectException.class);
        }
    }

    @Test
    void signalsAfterTheEndGoNowhere() throws Exception {
        WorkerProcess process = shell("exit 0");
        Exits.of(process);
        process.signal(Signal.KILL);
        process.signalGroup(Signal.KILL);
        process.end(Duration.ZERO);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void otherChildrenOfTheJvmKeepTheirExitValue() throws Exception {
        Process other = new ProcessBuilder("/bin/sh", "-c", "read x; exit 42").start();
        for (int i = 0; i < 20; i++) {
            Exits.of(shell("exit 1"));
        }
        other.getOutputStream().close();
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(other.exitValue()).isEqualTo(42);
    }

    @Test
    void closingTheLauncherEndsWhatIsLeft() throws Exception {
        WorkerProcess polite = shell("echo up; exec sleep 1000");
        WorkerProcess stubborn = shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
        await().until(() -> lines.out().size() == 2);

        launcher.close();

        assertThat(Exits.of(polite)).isEqualTo(new Signalled(15, false));
        assertThat(Exits.of(stubborn)).isEqualTo(new Signalled(9, false));
        try (var files = Files.list(run.resolve("sockets"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("lock");
        }
        assertThatThrownBy(() -> shell("exit 0"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("the launcher is closed");
    }
}
