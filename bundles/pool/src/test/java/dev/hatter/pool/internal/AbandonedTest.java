// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hatter.pool.PoolSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose clients leave while they wait: {@code request_abandoned}. Scripts of a real php-cgi leave marks in one
 * file, in the order they run in.
 */
@Timeout(60)
class AbandonedTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");

    /** Waits for the file that "until" names, if any; then leaves its mark. */
    private static final String SCRIPT = """
            <?php
            ignore_user_abort(true);
            file_put_contents(__DIR__ . '/began', $_GET['mark'] . "\\n", FILE_APPEND);
            while (isset($_GET['until']) && !file_exists(__DIR__ . '/' . $_GET['until'])) {
                usleep(5000);
                clearstatcache();
            }
            $size = strlen(file_get_contents('php://input'));
            file_put_contents(__DIR__ . '/marks', $_GET['mark'] . ($size ? ":$size" : '') . "\\n", FILE_APPEND);
            echo 'done';
            """;

    @TempDir
    Path directory;

    private TestPool pool;
    private String script;
    /** Connections of clients that don't leave. */
    private long staying;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws IOException {
        pool = new TestPool(
                directory, Map.of("pm", "static", "pm.max_children", "1", "command", PHP_CGI.toString()), () -> null);
        script = Files.writeString(directory.resolve("mark.php"), SCRIPT).toString();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    private List<String> lines(String file) {
        try {
            return Files.exists(directory.resolve(file)) ? Files.readAllLines(directory.resolve(file)) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitQueue(int length) {
        await().until(() -> snapshot().listenQueue() == length);
    }

    /** Sends a request and leaves it when it waits. */
    private void abandon(String mark, int queued) throws IOException {
        try (TestClient client = new TestClient(pool.socket())) {
            client.send(1, script + "?mark=" + mark);
            awaitQueue(queued);
        }
        await().until(() -> snapshot().connections() == staying);
    }

    /** A client that keeps the only worker until the file "go" is there. */
    private TestClient occupy() throws IOException {
        TestClient busy = new TestClient(pool.socket());
        busy.send(1, script + "?mark=busy&until=go");
        await().until(() -> lines("began").contains("busy"));
        staying = snapshot().connections();
        return busy;
    }

    private void go() throws IOException {
        Files.createFile(directory.resolve("go"));
    }

    @ParameterizedTest
    @CsvSource({"last, busy present left", "run, busy left present", "drop, busy present"})
    void runsInTheOrderThatIsAskedFor(String policy, String order) throws Exception {
        pool.start("request_abandoned", policy);
        try (TestClient busy = occupy()) {
            abandon("left", 1);
            try (TestClient present = new TestClient(pool.socket())) {
                present.send(1, script + "?mark=present");
                awaitQueue(policy.equals("drop") ? 1 : 2);
                go();
                assertThat(present.await(1).stdout).endsWith("done");
                assertThat(busy.await(1).stdout).endsWith("done");
            }
        }
        List<String> expected = List.of(order.split(" "));
        await().untilAsserted(() -> assertThat(lines("marks")).isEqualTo(expected));
        await().until(() -> snapshot().activeRequests() == 0 && snapshot().listenQueue() == 0);
        // nothing more comes: the worker has served another request since
        assertThat(TestClient.get(pool.socket(), script + "?mark=end").stdout).endsWith("done");
        assertThat(lines("marks")).hasSize(expected.size() + 1);
        assertThat(snapshot().failedRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "run"})
    void aFullQueueDropsTheOldestOfThemBeforeItRefusesAnybody(String policy) throws Exception {
        pool.start("request_abandoned", policy, "listen.backlog", "3");
        try (TestClient busy = occupy();
                TestClient one = new TestClient(pool.socket());
                TestClient two = new TestClient(pool.socket());
                TestClient three = new TestClient(pool.socket())) {
            staying = 4;
            await().until(() -> snapshot().connections() == staying);
            abandon("1st", 1);
            abandon("2nd", 2);
            one.send(1, script + "?mark=one");
            awaitQueue(3);
            two.send(1, script + "?mark=two");
            await().until(() -> snapshot().rejectedRequests() == 1);
            three.send(1, script + "?mark=three");
            await().until(() -> snapshot().rejectedRequests() == 2);
            TestClient.Answer refused = TestClient.get(pool.socket(), script + "?mark=four");
            assertThat(refused.status()).isEqualTo(503);
            go();
            for (TestClient client : List.of(one, two, three)) {
                assertThat(client.await(1).stdout).endsWith("done");
            }
        }
        assertThat(lines("marks")).containsExactly("busy", "one", "two", "three");
    }

    @Test
    void whatHasNotComeWholeIsDropped() throws Exception {
        pool.start();
        try (TestClient busy = occupy()) {
            try (TestClient client = new TestClient(pool.socket())) {
                client.sendBegin(1, script + "?mark=half", 1000);
                client.sendBody(1, new byte[500]);
                awaitQueue(1);
            }
            awaitQueue(0);
            try (TestClient client = new TestClient(pool.socket())) {
                client.sendBegin(1, script + "?mark=whole", 1000);
                client.sendBody(1, new byte[1000]);
                client.sendBodyEnd(1);
                awaitQueue(1);
            }
            go();
            assertThat(busy.await(1).stdout).endsWith("done");
        }
        await().untilAsserted(() -> assertThat(lines("marks")).containsExactly("busy", "whole:1000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thePlaceIsTakenUntilTheWorkerIsDone(int concurrency) throws Exception {
        pool.start(
                "worker.concurrency", Integer.toString(concurrency), "pm.max_children", Integer.toString(concurrency));
        TestClient other = concurrency == 1 ? null : new TestClient(pool.socket());
        if (other != null) {
            other.send(1, script + "?mark=other&until=end");
            await().until(() -> lines("began").contains("other"));
        }
        try (TestClient busy = occupy()) {
            try (TestClient left = new TestClient(pool.socket())) {
                left.send(1, script + "?mark=left&until=later");
                awaitQueue(1);
            }
            try (TestClient present = new TestClient(pool.socket())) {
                go();
                assertThat(busy.await(1).stdout).endsWith("done");
                await().until(() -> lines("began").contains("left"));
                present.send(1, script + "?mark=present");
                awaitQueue(1);
                Files.createFile(directory.resolve("later"));
                assertThat(present.await(1).stdout).endsWith("done");
            }
        }
        assertThat(lines("marks")).containsExactly("busy", "left", "present");
        if (other != null) {
            Files.createFile(directory.resolve("end"));
            assertThat(other.await(1).stdout).endsWith("done");
            other.close();
        }
    }

    @Test
    void aScriptLearnsAtItsNextOutputThatNobodyIsThere() throws Exception {
        pool.start();
        Path talks = Files.writeString(directory.resolve("talks.php"), """
                <?php
                file_put_contents(__DIR__ . '/marks', "begun\\n", FILE_APPEND);
                for ($i = 0; $i < 1000; $i++) {
                    echo str_repeat('x', 10000);
                    flush();
                }
                file_put_contents(__DIR__ . '/marks', "not ended\\n", FILE_APPEND);
                """);
        try (TestClient busy = occupy()) {
            try (TestClient client = new TestClient(pool.socket())) {
                client.send(1, talks.toString());
                awaitQueue(1);
            }
            go();
            assertThat(busy.await(1).stdout).endsWith("done");
        }
        assertThat(TestClient.get(pool.socket(), script + "?mark=next").stdout).endsWith("done");
        await().untilAsserted(() -> assertThat(lines("marks")).containsExactly("busy", "begun", "next"));
    }

    /** FCGI_ABORT_REQUEST is what a web server with other requests on the connection sends. */
    @Test
    void anAbortedRequestIsOneWhoseClientHasLeft() throws Exception {
        pool.start();
        try (TestClient busy = occupy();
                TestClient client = new TestClient(pool.socket())) {
            client.send(1, script + "?mark=aborted");
            awaitQueue(1);
            client.sendAbort(1);
            assertThat(client.await(1).ended).isTrue();
            go();
            assertThat(busy.await(1).stdout).endsWith("done");
        }
        await().untilAsserted(() -> assertThat(lines("marks")).containsExactly("busy", "aborted"));
    }

    @Test
    void theFirstRequestOfAnOndemandPoolRunsThoughItsClientHasLeft() throws Exception {
        pool.start("pm", "ondemand");
        try (TestClient client = new TestClient(pool.socket())) {
            client.send(1, script + "?mark=left");
            await().until(() -> snapshot().requests() == 1);
        }
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(lines("marks")).containsExactly("left"));
    }

    @Test
    void oneThatWaitedForTooLongIsDropped() throws Exception {
        pool.start("request_queue_timeout", "1s");
        try (TestClient busy = occupy()) {
            abandon("late", 1);
            awaitQueue(0);
            go();
            assertThat(busy.await(1).stdout).endsWith("done");
        }
        assertThat(TestClient.get(pool.socket(), script + "?mark=next").stdout).endsWith("done");
        assertThat(lines("marks")).containsExactly("busy", "next");
    }
}
