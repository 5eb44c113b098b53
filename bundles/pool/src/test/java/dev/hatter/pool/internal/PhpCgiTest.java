// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool of real php-cgi. */
@Timeout(60)
class PhpCgiTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");

    @TempDir
    Path directory;

    private TestPool pool;
    private Path socket;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws IOException {
        pool = new TestPool(
                directory, Map.of("pm", "static", "pm.max_children", "1", "command", PHP_CGI.toString()), () -> null);
        socket = pool.socket();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void start(String... keysAndValues) throws InvalidSettingsException {
        pool.start(keysAndValues);
    }

    private PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    private String script(String name, String php) throws IOException {
        return Files.writeString(directory.resolve(name), php).toString();
    }

    @Test
    void runsAScriptAndKeepsTheWorkerFromRequestToRequest() throws Exception {
        start();
        String script = script("pid.php", "<?php echo getmypid(), ' ', $_GET['a'];");
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            // more than the 500 after which php-cgi would leave by itself
            answers.add(TestClient.get(socket, script + "?a=b").stdout.toString());
        }
        assertThat(answers).hasSize(1).allMatch(answer -> answer.endsWith(" b"));
        assertThat(snapshot().failedRequests()).isZero();
    }

    @Test
    void pathInfoIsSplitOffAndThePictureIsNotRun() throws Exception {
        start();
        String script = script("info.php", "<?php echo $_SERVER['PATH_INFO'], '|', $_SERVER['SCRIPT_NAME'];");
        String picture = script("pic.jpg", "<?php echo 'executed';");
        String proxy = "proxy:fcgi://localhost:9000"; // as Apache sends it
        assertThat(TestClient.get(socket, proxy + script + "/a/b").stdout).endsWith("/a/b|" + proxy + script);
        TestClient.Answer denied = TestClient.get(socket, picture + "/x.php");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.stdout).endsWith("Access denied.\n").doesNotContain("executed");
        assertThat(denied.stderr)
                .hasToString(
                        "Access to the script '" + picture + "' has been denied (see security.limit_extensions)\n");
        TestClient.Answer missing = TestClient.get(socket, "/no/such.php");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.stderr).hasToString("Primary script unknown\n");
    }

    @Test
    void aGroupServesAsManyRequestsAtOnceAsItHasChildren() throws Exception {
        start("worker.concurrency", "4", "pm.max_children", "4");
        String script = script("slow.php", "<?php usleep(300000); echo getmypid();");
        try (TestClient client = new TestClient(socket)) {
            for (int id = 1; id <= 4; id++) {
                client.send(id, script);
            }
            await().until(() -> snapshot().activeRequests() == 4);
            Set<String> pids = new HashSet<>();
            for (int id = 1; id <= 4; id++) {
                pids.add(client.await(id).stdout.toString());
            }
            assertThat(pids).hasSize(4);
        }
        assertThat(snapshot().workers()).hasSize(1);
    }

    @Test
    void aGroupWhoseSocketAScriptMadeNonBlockingIsReplaced() throws Exception {
        start("worker.concurrency", "3", "pm.max_children", "3");
        String script = script("bad.php", "<?php stream_set_blocking(fopen('php://stdin', 'r'), false); echo 'done';");
        String good = script("good.php", "<?php echo 'fine';");
        assertThat(TestClient.get(socket, good).stdout).endsWith("fine");
        long before = snapshot().workers().get(0).pid();
        assertThat(TestClient.get(socket, script).stdout).endsWith("done");
        await().atMost(15, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(snapshot().workers())
                        .hasSize(1)
                        .allMatch(worker ->
                                worker.pid() != before && worker.state().equals("READY")));
        assertThat(TestClient.get(socket, good).stdout).endsWith("fine");
    }

    @Test
    void aScriptThatHangsIsEndedAlsoWhenItsClientHasGone() throws Exception {
        start("request_terminate_timeout", "1");
        String script = script("hang.php", "<?php ignore_user_abort(true); while (true) usleep(1000);");
        String good = script("good.php", "<?php echo getmypid();");
        long before = Long.parseLong(lastLine(TestClient.get(socket, good)));
        try (TestClient client = new TestClient(socket)) {
            client.send(1, script);
            await().until(() -> snapshot().activeRequests() == 1);
        }
        await().until(() -> snapshot().activeRequests() == 0);
        assertThat(lastLine(TestClient.get(socket, good))).isNotEqualTo(Long.toString(before));
    }

    @Test
    void aWorkerThatMustShowThatItIsDoneServesOn() throws Exception {
        start("request_terminate_timeout", "5", "request_terminate_timeout_track_finished", "yes");
        String script = script("pid.php", "<?php echo getmypid();");
        Set<String> pids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            pids.add(lastLine(TestClient.get(socket, script)));
        }
        assertThat(pids).hasSize(1);
        assertThat(snapshot().failedRequests()).isZero();
    }

    /**
     * A forked child that ends answers for its parent, whose own output then became the next visitor's page: whether it
     * comes before that visitor's request or after.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAForkedChildLeavesBehindIsNobodysPage(boolean nextVisitorWaits) throws Exception {
        start("php.pcntl", "yes");
        pool.awaitReady(1);
        Path go = directory.resolve("go");
        String fork = script(
                "fork.php",
                "<?php if (pcntl_fork() == 0) { apache_child_terminate(); exit('child'); }"
                        + " while (!file_exists('" + go + "')) { usleep(1000); clearstatcache(); }"
                        + " echo 'secret'; flush();");
        String good = script("good.php", "<?php echo 'fine ', getmypid();");
        long before = snapshot().workers().get(0).pid();
        assertThat(TestClient.get(socket, fork).stdout).contains("child");
        TestClient.Answer next;
        try (TestClient client = new TestClient(socket)) {
            if (nextVisitorWaits) {
                client.send(1, good);
                await().until(() -> snapshot().activeRequests() == 1);
            }
            Files.createFile(go);
            if (!nextVisitorWaits) {
                await().until(() -> snapshot().workers().stream().noneMatch(worker -> worker.pid() == before));
                client.send(1, good);
            }
            next = client.await(1);
        }
        assertThat(next.stdout).doesNotContain("secret");
        if (!nextVisitorWaits) {
            assertThat(next.stdout).contains("fine");
        }
        await().until(() -> snapshot().workers().stream().noneMatch(worker -> worker.pid() == before));
        assertThat(TestClient.get(socket, good).stdout).contains("fine");
        assertThat(ProcessHandle.of(before)).isEmpty();
    }

    /** A job that a script leaves behind has its connection, too: half a record of its stayed for the next visitor. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "58",
                "01",
                "0106000100",
                "010600010001000073",
                "01030001000800000000000000000000",
                "010a000000000000"
            })
    void aByteOnAnIdleConnectionEndsItsWorker(String hex) throws Exception {
        start();
        pool.awaitReady(1);
        Path go = directory.resolve("go");
        Path bytes = Files.write(directory.resolve("bytes"), HexFormat.of().parseHex(hex));
        String job = script(
                "job.php",
                "<?php foreach (scandir('/proc/self/fd') as $fd)"
                        + " if ($fd > 2 && str_starts_with((string) @readlink(\"/proc/self/fd/$fd\"), 'socket:')) $last = $fd;"
                        + " exec(\"sh -c 'while [ ! -e " + go + " ]; do sleep 0.02; done; cat " + bytes
                        + " >&$last' >/dev/null 2>&1 &\"); echo 'started';");
        String good = script("good.php", "<?php echo 'fine ', getmypid();");
        assertThat(TestClient.get(socket, job).stdout).contains("started");
        long before = snapshot().workers().get(0).pid();
        assertThat(TestClient.get(socket, good).stdout).endsWith("fine " + before);
        try (LogLines log = new LogLines()) {
            Files.createFile(go);
            await().until(() -> snapshot().workers().stream().noneMatch(worker -> worker.pid() == before));
            assertThat(log.having("child " + before + " can't be trusted with a request: "))
                    .hasSize(1);
        }
        assertThat(TestClient.get(socket, good).stdout).contains("fine ").doesNotContain("fine " + before);
        assertThat(snapshot().failedRequests()).isZero();
    }

    @Test
    void whatRequestsSendAsStderrGoesToTheLogToo() throws Exception {
        try (LogLines log = new LogLines()) {
            start("catch_workers_output", "yes");
            pool.awaitReady(1);
            String script =
                    script("errors.php", "<?php error_log(\"first\\nsecond\"); error_log('third'); echo 'done';");
            assertThat(TestClient.get(socket, script).stderr).contains("first\nsecond", "third");
            long pid = snapshot().workers().get(0).pid();
            assertThat(log.having("said into stderr"))
                    .hasSize(3)
                    .allMatch(line -> line.startsWith("[pool www] child " + pid + " said into stderr: \""))
                    .anyMatch(line -> line.endsWith("third\""));
            pool.reconfigure("catch_workers_output", "no");
            await().until(() -> {
                int before = log.having("said into stderr").size();
                return TestClient.get(socket, script).stderr.toString().contains("third")
                        && log.having("said into stderr").size() == before;
            });
        }
    }

    private static String lastLine(TestClient.Answer answer) {
        return answer.stdout.substring(answer.stdout.lastIndexOf("\n") + 1);
    }

    @Test
    void aScriptThatEndsItsOwnWorkerStillAnswers() throws Exception {
        start();
        String script = script("bye.php", "<?php apache_child_terminate(); echo 'bye';");
        for (int i = 0; i < 10; i++) {
            assertThat(TestClient.get(socket, script).stdout).endsWith("bye");
        }
        assertThat(snapshot().failedRequests()).isZero();
    }

    @Test
    void aClientThatGoesAwayLeavesItsWorkerToFinish() throws Exception {
        start();
        Path mark = directory.resolve("mark");
        String script = script(
                "long.php", "<?php ignore_user_abort(true); usleep(500000); file_put_contents('" + mark + "', 'x');");
        String good = script("good.php", "<?php echo 'fine';");
        try (TestClient client = new TestClient(socket)) {
            client.send(1, script);
            await().until(() -> snapshot().activeRequests() == 1);
        }
        assertThat(TestClient.get(socket, good).stdout).endsWith("fine");
        assertThat(mark).exists();
    }
}
