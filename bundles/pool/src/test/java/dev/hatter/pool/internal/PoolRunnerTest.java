// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.responder.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool with real sockets and real workers: the embedded responder, in JVMs of its own. */
@Timeout(60)
class PoolRunnerTest {
    @TempDir
    Path directory;

    private TestPool pool;
    private Path socket;
    private PoolRunner runner;

    @BeforeEach
    void open() throws IOException {
        Map<String, String> defaults = Map.of("pm", "static", "pm.max_children", "1", "command", responder(""));
        pool = new TestPool(directory, defaults, () -> null);
        socket = pool.socket();
    }

    @AfterEach
    void closeAndLookForWhatIsLeft() throws IOException {
        pool.close();
        assertThat(socket).doesNotExist();
        try (Stream<Path> states = Files.list(directory.resolve("run/pools"))) {
            assertThat(states).isEmpty();
        }
    }

    private static String responder(String options) {
        Path classes;
        try {
            classes = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -Xshare:auto -XX:TieredStopAtLevel=1"
                + " -XX:+UseSerialGC -cp '" + classes + "' " + Main.class.getName() + " " + options;
    }

    private PoolSettings settings(String... keysAndValues) throws InvalidSettingsException {
        return pool.settings(keysAndValues);
    }

    private void start(String... keysAndValues) throws InvalidSettingsException {
        pool.start(keysAndValues);
        runner = pool.runner();
    }

    private PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    private Set<Long> pids() throws Exception {
        Set<Long> pids = new HashSet<>();
        snapshot().workers().forEach(worker -> pids.add(worker.pid()));
        return pids;
    }

    private void awaitReady(int workers) {
        pool.awaitReady(workers);
    }

    private Path state() {
        return directory.resolve("run/pools/www");
    }

    /** "httpoxy": programs take HTTP_PROXY for the proxy they are to use, and a client's header "Proxy:" set it. */
    @Test
    void aClientCantNameTheProxyOfAWorker() throws Exception {
        start();
        Map<String, String> params = Map.of(
                "REQUEST_METHOD", "GET",
                "REQUEST_URI", "/hello",
                "SCRIPT_NAME", "/hello",
                "HTTP_PROXY", "evil.example:8080",
                "HTTP_PROXIES", "kept");
        String page = TestClient.ask(socket, params).stdout.toString();
        assertThat(page).contains("HTTP_PROXIES").doesNotContain("evil.example");
    }

    @Test
    void servesRequestsOneAfterTheOtherOnAKeptConnection() throws Exception {
        start();
        try (TestClient client = new TestClient(socket)) {
            for (int id = 1; id <= 20; id++) {
                client.send(id, "/hello?number=" + id + "&plain");
                assertThat(client.await(id).stdout).contains("number=" + id);
            }
        }
        assertThat(snapshot().requests()).isEqualTo(20);
        assertThat(snapshot().acceptedConnections()).isOne();
        assertThat(snapshot().workers()).hasSize(1);
        assertThat(runner.state()).isEqualTo(PoolState.ACTIVE);
        await().until(() -> Files.exists(state()));
        assertThat(state()).content().startsWith("active, listening on " + socket);
    }

    @Test
    void requestsInterleavedOnOneConnectionShareTheWorkers() throws Exception {
        start("worker.concurrency", "4", "pm.max_children", "4");
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=1000");
            client.send(2, "/hello?plain");
            assertThat(client.await(2).stdout).isNotEmpty();
            assertThat(client.await(1).ended).isTrue();
        }
    }

    @Test
    void aBodyFollowsItsRequestThroughTheQueue() throws Exception {
        start();
        byte[] content = new byte[300_000];
        try (TestClient busy = new TestClient(socket);
                TestClient client = new TestClient(socket)) {
            busy.send(1, "/slow?ms=700");
            await().until(() -> snapshot().activeRequests() == 1);
            client.sendBegin(1, "/echo", content.length);
            Thread sender = new Thread(() -> sendQuietly(client, content));
            sender.start();
            TestClient.Answer answer = client.await(1);
            sender.join();
            assertThat(answer.ended).isTrue();
            assertThat(answer.bytes).isGreaterThan(content.length);
        }
        assertThat(snapshot().maxListenQueue()).isOne();
        assertThat(snapshot().maxChildrenReached()).isOne();
    }

    private static void sendQuietly(TestClient client, byte[] content) {
        try {
            client.sendBody(1, content);
            client.sendBodyEnd(1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aWorkerThatDiesGivesItsClientA502AndIsReplaced() throws Exception {
        start("request_failure", "answer");
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        Set<Long> before = pids();
        TestClient.Answer answer = TestClient.get(socket, "/crash?code=3");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.stderr).contains("pool www");
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        assertThat(pids()).doesNotContainAnyElementsOf(before);
        assertThat(snapshot().failedRequests()).isOne();
    }

    /** A php-cgi that ends by itself is taken to have ended before the request; one request ended one after the other. */
    @Test
    void aRequestThatMakesItsWorkersEndHasTwoOfThemAtMost() throws Exception {
        Path php = Files.writeString(directory.resolve("php-cgi"), "#!/bin/sh\nexec " + responder("") + "\n");
        Files.setPosixFilePermissions(php, PosixFilePermissions.fromString("rwxr-xr-x"));
        String script = Files.createFile(directory.resolve("a.php")).toString();
        start("command", php.toString(), "pm.max_children", "3");
        awaitReady(3);
        Set<Long> before = pids();
        TestClient.Answer answer = TestClient.get(socket, "proxy:fcgi://localhost" + script + "/crash?code=3");
        assertThat(answer.ended).isFalse();
        awaitReady(3);
        Set<Long> left = pids();
        left.retainAll(before);
        assertThat(left).hasSize(1);
        assertThat(runner.state()).isEqualTo(PoolState.ACTIVE);
    }

    @Test
    void rubbishFromAWorkerIsA502() throws Exception {
        start("request_failure", "answer");
        assertThat(TestClient.get(socket, "/garbage").status()).isEqualTo(502);
        assertThat(TestClient.get(socket, "/hangup").status()).isEqualTo(502);
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void aLostWorkerBreaksItsClientsConnectionOffAsWithPhpFpm() throws Exception {
        start("request_terminate_timeout", "1s");
        for (String page : List.of("/crash?code=3", "/garbage", "/hangup", "/never")) {
            TestClient.Answer answer = TestClient.get(socket, page);
            assertThat(answer.ended).as(page).isFalse();
            assertThat(answer.stdout).as(page).isEmpty();
            assertThat(answer.stderr)
                    .as(page)
                    .asString()
                    .startsWith("Hatter, pool www: ")
                    .endsWith("\n");
        }
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    /** Eight requests in a row that ended their worker stopped the pool for all, as if its program couldn't start. */
    @Test
    void requestsThatEndTheirWorkersDoNotStopThePool() throws Exception {
        start();
        for (int i = 0; i < 10; i++) {
            assertThat(TestClient.get(socket, "/crash?code=3").ended).isFalse();
        }
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        assertThat(runner.state()).isEqualTo(PoolState.ACTIVE);
    }

    @Test
    void aTruncatedAnswerAmongOthersIsNotTakenForComplete() throws Exception {
        start("worker.concurrency", "4", "pm.max_children", "4", "request_failure", "answer");
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=1000");
            client.send(2, "/truncate");
            assertThat(client.await(1).stdout).contains("slept");
            assertThat(client.await(2).ended).isFalse();
            assertThat(client.await(2).stdout).isNotEmpty();
        }
    }

    @Test
    void whatIsRefusedBreaksOffWhereThatIsAskedFor() throws Exception {
        start("listen.backlog", "1", "request_refusal", "close", "request_queue_timeout", "1s");
        awaitReady(1);
        try (TestClient busy = new TestClient(socket);
                TestClient waits = new TestClient(socket)) {
            busy.send(1, "/slow?ms=3000");
            await().until(() -> snapshot().activeRequests() == 1);
            waits.send(1, "/hello");
            await().until(() -> snapshot().listenQueue() == 1);
            TestClient.Answer full = TestClient.get(socket, "/hello");
            assertThat(full.ended).isFalse();
            assertThat(full.stdout).isEmpty();
            assertThat(full.stderr).contains("the queue is full");
            TestClient.Answer late = waits.await(1);
            assertThat(late.ended).isFalse();
            assertThat(late.stderr).contains("request_queue_timeout");
            assertThat(busy.await(1).ended).isTrue();
        }
    }

    @Test
    void aTruncatedAnswerIsNotTakenForComplete() throws Exception {
        start();
        TestClient.Answer answer = TestClient.get(socket, "/truncate");
        assertThat(answer.stdout).isNotEmpty();
        assertThat(answer.ended).isFalse();
    }

    @Test
    void aRequestThatTakesTooLongIsA504AndItsWorkerIsReplaced() throws Exception {
        start("request_terminate_timeout", "1s", "request_failure", "answer");
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        Set<Long> before = pids();
        assertThat(TestClient.get(socket, "/never").status()).isEqualTo(504);
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        assertThat(pids()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void whatDoesNotFitTheQueueIsA503() throws Exception {
        start("listen.backlog", "2");
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=1000");
            client.send(2, "/hello");
            client.send(3, "/hello");
            client.send(4, "/hello");
            TestClient.Answer rejected = client.await(4);
            assertThat(rejected.status()).isEqualTo(503);
            assertThat(rejected.stderr).contains("the queue is full");
            assertThat(client.await(3).status()).isEqualTo(200);
            assertThat(client.await(2).status()).isEqualTo(200);
        }
        assertThat(snapshot().rejectedRequests()).isOne();
    }

    @Test
    void aWorkerIsReplacedAfterItsShareOfRequests() throws Exception {
        start("pm.max_requests", "3");
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
            seen.addAll(pids());
        }
        await().untilAsserted(() -> {
            seen.addAll(pids());
            assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
        });
        assertThat(snapshot().failedRequests()).isZero();
    }

    @Test
    void aClientThatGoesAwayDoesNotTakeItsWorkerWithIt() throws Exception {
        start();
        awaitReady(1);
        Set<Long> before = pids();
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=500");
            await().until(() -> snapshot().activeRequests() == 1);
        }
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void aProgramThatDiesAtStartDoesNotSpin() throws Exception {
        start("command", responder("--die 7"));
        await().atMost(40, TimeUnit.SECONDS).until(() -> runner.state() == PoolState.FAILING);
        TestClient.Answer answer = TestClient.get(socket, "/hello");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(snapshot().workers()).hasSizeLessThanOrEqualTo(1);
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(state()).content().startsWith("failing").contains("exited with code 7"));
    }

    @Test
    void numbersChangeInPlace() throws Exception {
        start();
        awaitReady(1);
        Set<Long> before = pids();
        runner.reconfigure(settings("pm.max_children", "2"));
        awaitReady(2);
        assertThat(pids()).containsAll(before);
        runner.reconfigure(settings());
        awaitReady(1);
    }

    @Test
    void anotherEnvironmentRollsTheWorkers() throws Exception {
        start();
        awaitReady(1);
        Set<Long> before = pids();
        runner.reconfigure(settings("env[A]", "b"));
        await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(pids()).hasSize(1).doesNotContainAnyElementsOf(before));
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void aLaunchThatCannotBeProvenLeavesTheOldOneInForce() throws Exception {
        start();
        awaitReady(1);
        Set<Long> before = pids();
        runner.reconfigure(settings("command", responder("--die 9"), "pm.max_children", "2"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> snapshot().refused() != null);
        assertThat(snapshot().refused()).contains("exited with code 9");
        assertThat(pids()).isEqualTo(before);
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void aProgramThatIsNotThereIsRefusedAtOnce() throws Exception {
        start();
        assertThatThrownBy(() -> runner.reconfigure(settings("command", "/no/such/program")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("command = \"/no/such/program\": ");
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void theAddressMovesWithoutAGap() throws Exception {
        start();
        Path other = directory.resolve("other.sock");
        runner.reconfigure(settings("listen", other.toString()));
        assertThat(TestClient.get(other, "/hello").status()).isEqualTo(200);
        await().until(() -> Files.notExists(socket));
        pool.house().empty();
        assertThat(other).doesNotExist();
    }

    @Test
    void anAddressInUseIsRefused() throws Exception {
        start();
        PoolRunner second = pool.second(settings());
        assertThatThrownBy(second::start)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(socket.toString());
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void stoppingLetsARequestFinish() throws Exception {
        start();
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=700");
            await().until(() -> snapshot().activeRequests() == 1);
            List<Long> pids = List.copyOf(pids());
            pool.house().leave(runner);
            assertThat(client.await(1).status()).isEqualTo(200);
            await().until(() -> runner.state() == PoolState.STOPPED);
            assertThat(pids).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
        }
    }

    @Test
    void anOndemandPoolStartsAsManyWorkersAsRequestsWaitAndEndsThemWhenIdle() throws Exception {
        start("pm", "ondemand", "pm.max_children", "4", "pm.process_idle_timeout", "1s");
        assertThat(runner.state()).isIn(PoolState.STARTING, PoolState.ACTIVE);
        assertThat(snapshot().workers()).isEmpty();
        assertThat(runner.state()).isEqualTo(PoolState.ACTIVE);
        try (TestClient client = new TestClient(socket)) {
            for (int id = 1; id <= 3; id++) {
                client.send(id, "/slow?ms=300");
            }
            for (int id = 1; id <= 3; id++) {
                assertThat(client.await(id).status()).isEqualTo(200);
            }
        }
        assertThat(snapshot().workers()).hasSize(3);
        await().atMost(10, TimeUnit.SECONDS).until(() -> snapshot().workers().isEmpty());
        assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
    }

    @Test
    void aDynamicPoolKeepsSomeSpareAndNotTooMany() throws Exception {
        start("pm", "dynamic", "pm.max_children", "5", "pm.min_spare_servers", "1", "pm.max_spare_servers", "2");
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            for (int id = 1; id <= 4; id++) {
                client.send(id, "/slow?ms=2500");
            }
            await().atMost(2, TimeUnit.SECONDS).until(() -> snapshot().activeRequests() == 4);
            await().until(() -> snapshot().workers().size() == 5);
            for (int id = 1; id <= 4; id++) {
                assertThat(client.await(id).status()).isEqualTo(200);
            }
        }
        await().atMost(10, TimeUnit.SECONDS).until(() -> snapshot().workers().size() == 2);
    }

    @Test
    void aRequestThatWaitsTooLongIsA504() throws Exception {
        start("request_queue_timeout", "1s");
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=3000");
            client.send(2, "/hello");
            TestClient.Answer expired = client.await(2);
            assertThat(expired.status()).isEqualTo(504);
            assertThat(expired.stderr).contains("request_queue_timeout");
            assertThat(client.await(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsNoWorkerWhileTheAnswerFitsTheBuffer() throws Exception {
        start("response_buffer", "8M");
        awaitReady(1);
        try (TestClient slow = new TestClient(socket)) {
            slow.send(1, "/download?bytes=6000000");
            assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
            assertThat(slow.await(1).bytes).isGreaterThan(6_000_000);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsItsWorkerBeyondTheBuffer() throws Exception {
        start("response_buffer", "64K");
        awaitReady(1);
        try (TestClient slow = new TestClient(socket)) {
            slow.send(1, "/download?bytes=6000000");
            await().until(() -> snapshot().activeRequests() == 1);
            await().during(500, TimeUnit.MILLISECONDS).until(() -> snapshot().activeRequests() == 1);
            assertThat(slow.await(1).bytes).isGreaterThan(6_000_000);
        }
    }

    @Test
    void aWorkerIsTakenOnlyWhenTheBodyIsThere() throws Exception {
        start("request_body_buffer", "1M");
        awaitReady(1);
        byte[] content = new byte[100_000];
        try (TestClient slow = new TestClient(socket)) {
            slow.sendBegin(1, "/echo", 2 * content.length);
            slow.sendBody(1, content);
            assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
            assertThat(snapshot().activeRequests()).isZero();
            slow.sendBody(1, content);
            slow.sendBodyEnd(1);
            assertThat(slow.await(1).bytes).isGreaterThan(2 * content.length);
        }
    }

    @Test
    void theSameConfigurationChangesNothingAndClearsARefusal() throws Exception {
        start();
        awaitReady(1);
        Set<Long> before = pids();
        runner.refuse("pm = \"magic\": must be static");
        assertThat(snapshot().refused()).contains("magic");
        await().untilAsserted(() -> assertThat(state()).content().contains("refused: pm = \"magic\""));
        runner.reconfigure(settings());
        assertThat(snapshot().refused()).isNull();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void aRequestThatCameByTheOldAddressFinishes() throws Exception {
        start();
        awaitReady(1);
        Path other = directory.resolve("other.sock");
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/slow?ms=700");
            await().until(() -> snapshot().activeRequests() == 1);
            runner.reconfigure(settings("listen", other.toString()));
            assertThat(client.await(1).status()).isEqualTo(200);
        }
        assertThat(TestClient.get(other, "/hello").status()).isEqualTo(200);
    }

    @Test
    void aBodyThatWaitsDoesNotStarveAnotherOnItsConnection() throws Exception {
        start();
        awaitReady(1);
        byte[] content = new byte[1_500_000];
        try (TestClient client = new TestClient(socket)) {
            client.sendBegin(1, "/echo", 5);
            client.sendBody(1, new byte[1]);
            await().until(() -> snapshot().activeRequests() == 1);
            client.sendBegin(2, "/echo", content.length);
            client.sendBody(2, content);
            TestClient.Answer turnedAway = client.await(2);
            assertThat(turnedAway.status()).isEqualTo(503);
            assertThat(turnedAway.stderr).contains("can't wait on a connection that other requests share");
            client.sendBody(1, new byte[4]);
            client.sendBodyEnd(1);
            assertThat(client.await(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatStoppedItsConnectionLetsGoOfItForAnother() throws Exception {
        start();
        awaitReady(1);
        byte[] content = new byte[200_000];
        try (TestClient busy = new TestClient(socket);
                TestClient client = new TestClient(socket)) {
            busy.send(1, "/slow?ms=1500");
            await().until(() -> snapshot().activeRequests() == 1);
            // 1 waits with as much as it may keep, 2 comes on the same connection
            client.sendBegin(1, "/echo", content.length);
            client.sendBody(1, new byte[60_000]);
            client.sendBegin(2, "/echo", 5);
            client.sendBody(1, new byte[140_000]);
            client.sendBodyEnd(1);
            client.sendBody(2, new byte[5]);
            client.sendBodyEnd(2);
            assertThat(client.await(1).bytes).isGreaterThan(content.length);
            assertThat(client.await(2).status()).isEqualTo(200);
        }
    }

    @Test
    void anAnswerThatWasHeldUpDoesNotHoldUpTheNextOne() throws Exception {
        start("response_buffer", "0");
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            for (int id = 1; id <= 60; id += 2) {
                int bytes = 500_000 + 9_973 * id;
                client.send(id, "/download?bytes=" + bytes);
                assertThat(client.awaitSlowly(id).bytes).isGreaterThan(bytes);
                client.send(id + 1, "/hello");
                assertThat(client.await(id + 1).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingReachesAWorkerBeforeItsBodyBegins() throws Exception {
        start();
        awaitReady(1);
        try (TestClient client = new TestClient(socket)) {
            client.sendBegin(1, "/hello", 0);
            assertThat(TestClient.get(socket, "/hello").status()).isEqualTo(200);
            client.sendBodyEnd(1);
            assertThat(client.await(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aKeptConnectionOutlivesTheAddressItCameBy() throws Exception {
        start();
        Path other = directory.resolve("other.sock");
        try (TestClient client = new TestClient(socket)) {
            client.send(1, "/hello");
            assertThat(client.await(1).status()).isEqualTo(200);
            runner.reconfigure(settings("listen", other.toString()));
            await().until(() -> Files.notExists(socket));
            client.send(2, "/hello");
            assertThat(client.await(2).status()).isEqualTo(200);
            assertThat(snapshot().connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherPoolCanHaveTheAddressOfOneThatLeaves(boolean unix) throws Exception {
        String listen = unix ? socket.toString() : freePort();
        for (int i = 0; i < 20; i++) {
            start("listen", listen, "pm", "ondemand");
            pool.house().leave(runner);
        }
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + free.getLocalPort();
        }
    }
}
