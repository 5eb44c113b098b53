// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes write. */
@Timeout(60)
class OutputTest {
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
    void bothStreamsAreHeardAndToldApart() throws Exception {
        Exits.of(shell("echo out; echo err >&2; printf 'no end'; printf 'none either' >&2"));
        assertThat(lines.out()).containsExactly("out", "no end");
        assertThat(lines.err()).containsExactly("err", "none either");
    }

    @Test
    void aTenantCanForgeNeitherLogLinesNorTerminalEscapes() throws Exception {
        Exits.of(shell("printf 'a\\033[2Jb\\rc\\000d\\te\\302\\205f\\r\\n\\377\\n'"));
        assertThat(lines.out()).containsExactly("a\ufffd[2Jb\ufffdc\ufffdd\te\ufffdf", "\ufffd");
    }

    @Test
    void aLongLineComesInPieces() throws Exception {
        Exits.of(shell("head -c 3000 /dev/zero | tr '\\0' x; echo; echo next"));
        assertThat(lines.out().stream().map(String::length)).containsExactly(1024, 1024, 952, 4);
    }

    @Test
    void aProcessThatClosesItsOutputLivesOn() throws Exception {
        WorkerProcess process = shell("exec 1>&-; echo still here >&2; exec 2>&-; exec sleep 60");
        await().until(() -> lines.err().contains("still here"));
        assertThat(process.isAlive()).isTrue();
        process.end(Duration.ZERO);
        Exits.of(process);
    }

    @Test
    void whoFloodsSlowsDownOnlyHimself() throws Exception {
        AtomicLong flooded = new AtomicLong();
        WorkerProcess flooder = launcher.launch(
                Specs.of((process, stream, line) -> flooded.addAndGet(line.length() + 1), "yes", "0123456789abcdef"));
        await().until(() -> flooded.get() > 0);
        long cpuBefore = watcherCpu();

        WorkerProcess other = shell("i=0; while [ $i -lt 40 ]; do echo $i; sleep 0.05; i=$((i+1)); done");
        Exits.of(other);

        assertThat(lines.out()).hasSize(40);
        // unthrottled, yes writes gigabytes in these two seconds
        assertThat(flooded.get()).isLessThan(64L << 20);
        assertThat(Duration.ofNanos(watcherCpu() - cpuBefore)).isLessThan(Duration.ofSeconds(1));
        flooder.end(Duration.ZERO);
        Exits.of(flooder);
    }

    private static long watcherCpu() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hatter-process-watcher"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
                .sum();
    }

    @Test
    void aFlooderIsReadAgainInTheNextPeriod() throws Exception {
        AtomicLong flooded = new AtomicLong();
        WorkerProcess flooder = launcher.launch(
                Specs.of((process, stream, line) -> flooded.addAndGet(line.length() + 1), "yes", "x".repeat(1000)));
        await().atMost(Duration.ofSeconds(30)).until(() -> flooded.get() > 2 << 20);
        flooder.end(Duration.ZERO);
        Exits.of(flooder);
    }

    @Test
    void aListenerThatFailsHarmsNobody() throws Exception {
        WorkerProcess process = launcher.launch(Specs.shell(
                (p, stream, line) -> {
                    throw new IllegalStateException("a listener's fault, expected in this test");
                },
                "echo 1; echo 2; exit 9"));
        assertThat(Exits.of(process)).isEqualTo(new ExitStatus.Exited(9));
    }
}
