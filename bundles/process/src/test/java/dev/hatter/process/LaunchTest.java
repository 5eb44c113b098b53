// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FileInputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process finds when it starts. */
class LaunchTest {
    @TempDir
    Path run;

    private final Lines lines = new Lines();
    private final List<WorkerProcess> launched = new CopyOnWriteArrayList<>();
    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher = Launchers.open(run);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void noDescriptorOfTheJvmLeaks() throws Exception {
        List<AutoCloseable> open = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                open.add(new FileInputStream("/dev/null"));
                open.add(ServerSocketChannel.open());
            }
            WorkerProcess process = launcher.launch(Specs.of(lines, "ls", "/proc/self/fd"));
            Exits.of(process);
            // 3 is ls's own, on the directory it lists
            assertThat(lines.out()).containsExactly("0", "1", "2", "3");
        } finally {
            for (AutoCloseable each : open) {
                each.close();
            }
        }
    }

    @Test
    void aDescriptorWithoutCloseOnExecDoesNotLeakEither() throws Exception {
        try (NonCloexecDescriptor descriptor = NonCloexecDescriptor.open()) {
            assertThat(descriptor.fd()).isGreaterThan(2);
            WorkerProcess process = launcher.launch(Specs.of(lines, "ls", "/proc/self/fd"));
            Exits.of(process);
            assertThat(lines.out()).containsExactly("0", "1", "2", "3");
        }
    }

    @Test
    void descriptor0IsAListeningSocketThatOnlyWeCanReach() throws Exception {
        WorkerProcess process = launcher.launch(Specs.shell(lines, "readlink /proc/self/fd/0; echo up; exec sleep 60"));
        lines.awaitOut("up");

        assertThat(lines.out().get(0)).startsWith("socket:[");
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(process.socket()));
            assertThat(channel.isConnected()).isTrue();
        }
        Path sockets = run.resolve("sockets");
        assertThat(Files.getPosixFilePermissions(sockets)).hasSize(3);
        assertThat(Files.isSameFile(process.socket().getParent(), sockets)).isTrue();
    }

    @Test
    void itLeadsASessionAndGroupOfItsOwn() throws Exception {
        WorkerProcess process = launcher.launch(Specs.of(lines, "sleep", "60"));

        await().until(() -> Proc.isRunning(process.pid()));
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        String pid = Long.toString(process.pid());
        assertThat(fields[2]).as("process group").isEqualTo(pid);
        assertThat(fields[3]).as("session").isEqualTo(pid);
        assertThat(fields[1])
                .as("parent")
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void noSignalIsBlockedIgnoredOrCaught() throws Exception {
        // cat, because a shell sets handlers of its own
        WorkerProcess process = launcher.launch(Specs.of(lines, "cat", "/proc/self/status"));
        Exits.of(process);
        assertThat(lines.out())
                .contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000");
    }

    @Test
    void theEnvironmentIsExactlyWhatWasAsked() throws Exception {
        Map<String, String> environment = Map.of("A", "1 = 2", "Ä", "ö\nü", "EMPTY", "");
        WorkerProcess process = launcher.launch(Specs.with(Specs.of(lines, "env", "-0"), environment, null));
        Exits.of(process);
        String all = String.join("\n", lines.out());
        assertThat(all.split("\ufffd")).containsExactlyInAnyOrder("A=1 = 2", "Ä=ö\nü", "EMPTY=");
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        WorkerProcess process =
                launcher.launch(Specs.of(lines, "printf", "<%s>\\n", "", "a b", "$(x)", "'\"", "é", "--"));
        Exits.of(process);
        assertThat(lines.out()).containsExactly("<>", "<a b>", "<$(x)>", "<'\">", "<é>", "<-->");
    }

    @Test
    void theWorkingDirectoryIsTheOneAskedForOrTheRoot() throws Exception {
        Path directory = Files.createDirectory(run.resolve("a directory"));
        LaunchSpec spec = Specs.of(lines, "pwd");
        Exits.of(launcher.launch(Specs.with(spec, Map.of(), directory)));
        Exits.of(launcher.launch(spec));
        assertThat(lines.out()).containsExactly(directory.toRealPath().toString(), "/");
    }

    @Test
    void itOutlivesTheThreadThatLaunchedIt() throws Exception {
        // the parent-death signal is tied to a thread
        Thread caller = new Thread(() -> launchUnchecked("echo up; exec sleep 60"));
        caller.start();
        caller.join();
        lines.awaitOut("up");
        WorkerProcess second = launchUnchecked("echo again; exec sleep 60");
        lines.awaitOut("again");
        second.end(Duration.ZERO);
        Exits.of(second);
        assertThat(launched).hasSize(2);
        assertThat(launched.get(0).isAlive()).isTrue();
    }

    private WorkerProcess launchUnchecked(String script) {
        try {
            WorkerProcess process = launcher.launch(Specs.shell(lines, script));
            launched.add(process);
            return process;
        } catch (LaunchException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyThreadsLaunchAtOnce() throws Exception {
        IntStream.range(0, 40).parallel().forEach(i -> launchUnchecked("echo " + i));
        for (WorkerProcess process : launched) {
            assertThat(Exits.of(process)).isEqualTo(new ExitStatus.Exited(0));
        }
        assertThat(lines.out()).hasSize(40).doesNotHaveDuplicates();
    }
}
