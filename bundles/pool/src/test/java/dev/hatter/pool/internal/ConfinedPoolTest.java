// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hatter.pool.PoolState;
import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.process.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools whose workers wear hats, with php-cgi; the confinement itself is a fake. */
@Timeout(60)
class ConfinedPoolTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");
    private static final String[] HATS = {
        "apparmor_hat", "vhost-%{SERVER_NAME}", "apparmor_hat.allowed", "a, b, c, x*", "pm.max_children", "4"
    };

    @TempDir
    Path directory;

    private volatile Confinement confinement;
    private FakeConfinement fake;
    private TestPool pool;
    private String script;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws IOException {
        fake = new FakeConfinement("www", "other", "vhost-a", "vhost-b", "vhost-c");
        confinement = fake;
        pool = new TestPool(
                directory,
                Map.of("pm", "ondemand", "pm.max_children", "1", "command", PHP_CGI.toString()),
                () -> confinement);
        script = Files.writeString(
                        directory.resolve("pid.php"), "<?php usleep((int) ($_GET['us'] ?? 0)); echo getmypid();")
                .toString();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static String[] with(String[] keys, String... more) {
        String[] all = java.util.Arrays.copyOf(keys, keys.length + more.length);
        System.arraycopy(more, 0, all, keys.length, more.length);
        return all;
    }

    private TestClient.Answer ask(String host) throws IOException {
        return TestClient.get(pool.socket(), host, script);
    }

    private String pid(String host) throws IOException {
        TestClient.Answer answer = ask(host);
        assertThat(answer.status()).as(answer.stderr.toString()).isEqualTo(200);
        return answer.stdout.substring(answer.stdout.indexOf("\r\n\r\n") + 4);
    }

    private String labelOf(String pid) {
        return pool.snapshot().workers().stream()
                .filter(worker -> Long.toString(worker.pid()).equals(pid))
                .map(worker -> String.valueOf(worker.label()))
                .findFirst()
                .orElse("gone");
    }

    @Test
    void aWorkersLabelIsKnownBeforeItServes() throws Exception {
        pool.start("apparmor_hat", "www", "pm", "static", "pm.max_children", "2");
        pool.awaitReady(2);
        assertThat(pool.ready()).extracting(WorkerSnapshot::label).containsExactly("fake//www", "fake//www");
        assertThat(labelOf(pid("a"))).isEqualTo("fake//www");
    }

    @Test
    void withoutAHatThereIsNoLabel() throws Exception {
        pool.start();
        assertThat(labelOf(pid("a"))).isEqualTo("null");
    }

    @Test
    void withoutTheServiceAPoolWithAHatIsRefused() {
        confinement = null;
        assertThatThrownBy(() -> pool.start("apparmor_hat", "www"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("apparmor_hat = \"www\": there is no confinement service");
        assertThatThrownBy(() -> pool.start(HATS)).isInstanceOf(InvalidSettingsException.class);
    }

    @Test
    void aServiceThatGoesLeavesNobodyToStartAWorker() throws Exception {
        pool.start("apparmor_hat", "www");
        confinement = null;
        TestClient.Answer answer = ask("a");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(pool.snapshot().workers()).isEmpty();
    }

    @Test
    void aHatThatIsNotThereIsRefusedAndTheOldWorkersGoOn() throws Exception {
        assertThatThrownBy(() -> pool.start("apparmor_hat", "wwww"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("apparmor_hat = \"wwww\": no hat \"wwww\"");
        pool.start("apparmor_hat", "www", "pm", "static");
        String before = pid("a");
        assertThatThrownBy(() -> pool.reconfigure("apparmor_hat", "wwww", "pm", "static"))
                .isInstanceOf(InvalidSettingsException.class);
        assertThat(pid("a")).isEqualTo(before);
    }

    @Test
    void aReloadFromHatToHatRollsTheWorkers() throws Exception {
        pool.start("apparmor_hat", "www", "pm", "static");
        String before = pid("a");
        pool.reconfigure("apparmor_hat", "other", "pm", "static");
        await().atMost(10, TimeUnit.SECONDS).until(() -> labelOf(pid("a")).equals("fake//other"));
        await().until(() -> labelOf(before).equals("gone"));
    }

    @Test
    void aWorkerThatLosesItsLabelIsKilledAndNoOtherIsStarted() throws Exception {
        pool.start("apparmor_hat", "www", "pm", "static");
        assertThat(labelOf(pid("a"))).isEqualTo("fake//www");
        fake.lost = true;
        fake.hats.clear();
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> pool.snapshot().workers().isEmpty());
        await().atMost(20, TimeUnit.SECONDS).until(() -> pool.state() == PoolState.FAILING);
        assertThat(ask("a").status()).isEqualTo(503);
        assertThat(pool.snapshot().workers()).isEmpty();
    }

    @Test
    void eachHostGetsWorkersOfItsOwnHat() throws Exception {
        pool.start(HATS);
        await().until(() -> pool.state() == PoolState.ACTIVE);
        for (String host : List.of("a", "b", "c", "a", "c", "b")) {
            assertThat(labelOf(pid(host))).isEqualTo("fake//vhost-" + host);
        }
        assertThat(pool.ready()).hasSize(3);
    }

    @Test
    void whoHasNoHatIsForbidden() throws Exception {
        pool.start(HATS);
        for (String host : List.of("d", "", "x", "A", "a/../b", "xx")) {
            assertThat(ask(host).status()).as(host).isEqualTo(403);
        }
        assertThat(TestClient.get(pool.socket(), script).status()).isEqualTo(403);
        assertThat(pool.snapshot().workers()).isEmpty();
    }

    @Test
    void whoHasNoHatGetsTheDefaultWhereThereIsOne() throws Exception {
        pool.start(with(HATS, "apparmor_hat.default", "other"));
        assertThat(labelOf(pid("d"))).isEqualTo("fake//other");
        assertThat(labelOf(pid("x"))).isEqualTo("fake//other");
        assertThat(labelOf(pid("a"))).isEqualTo("fake//vhost-a");
        assertThatThrownBy(() -> pool.reconfigure(with(HATS, "apparmor_hat.default", "none")))
                .hasMessage("apparmor_hat.default = \"none\": no hat \"none\"");
    }

    @Test
    void aHatThatIsLoadedLaterIsFound() throws Exception {
        pool.start(HATS);
        assertThat(ask("x").status()).isEqualTo(403);
        fake.hats.add("vhost-x");
        await().atMost(10, TimeUnit.SECONDS).until(() -> ask("x").status() == 200);
    }

    /** Asks for each host at once, that often, each request taking so long. */
    private Set<Integer> load(List<String> hosts, int times, int micros) {
        return hosts.parallelStream()
                .flatMap(host ->
                        java.util.stream.IntStream.range(0, times).parallel().mapToObj(i -> status(host, micros)))
                .collect(Collectors.toSet());
    }

    private int status(String host, int micros) {
        try {
            return TestClient.get(pool.socket(), host, script + "?us=" + micros).status();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oneHatHasNoMoreThanItsShare() throws Exception {
        pool.start(with(HATS, "apparmor_hat.max_children", "1"));
        assertThat(load(List.of("a"), 6, 50_000)).containsExactly(200);
        assertThat(pool.snapshot().workers()).hasSize(1);
    }

    @Test
    void anIdleWorkerMakesRoomForOneOfAnotherHat() throws Exception {
        pool.start(with(HATS, "pm.max_children", "1"));
        for (String host : List.of("a", "b", "a", "c")) {
            assertThat(labelOf(pid(host))).isEqualTo("fake//vhost-" + host);
            assertThat(pool.ready()).hasSize(1);
        }
    }

    @Test
    void noHatStarvesAnother() throws Exception {
        pool.start(with(HATS, "pm.max_children", "2"));
        assertThat(load(List.of("a", "b", "c"), 8, 20_000)).containsExactly(200);
        assertThat(pool.snapshot().workers()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aReloadUnderLoadLosesNothingAndMixesNothing() throws Exception {
        pool.start(HATS);
        Thread reloads = new Thread(() -> {
            for (int i = 0; i < 10; i++) {
                try {
                    pool.reconfigure(with(HATS, "env[ROUND]", Integer.toString(i)));
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InvalidSettingsException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        reloads.start();
        assertThat(load(List.of("a", "b", "c"), 100, 5_000)).containsExactly(200);
        reloads.join();
        assertThat(pool.snapshot().refused()).isNull();
        assertThat(labelOf(pid("b"))).isEqualTo("fake//vhost-b");
    }

    @Test
    void aPoolCanGoFromOneHatToManyAndBack() throws Exception {
        pool.start("apparmor_hat", "www", "pm", "static");
        assertThat(labelOf(pid("a"))).isEqualTo("fake//www");
        pool.reconfigure(HATS);
        await().atMost(10, TimeUnit.SECONDS).until(() -> labelOf(pid("a")).equals("fake//vhost-a"));
        assertThat(labelOf(pid("b"))).isEqualTo("fake//vhost-b");
        pool.reconfigure("apparmor_hat", "other", "pm", "static");
        await().atMost(10, TimeUnit.SECONDS).until(() -> labelOf(pid("a")).equals("fake//other"));
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(pool.snapshot().workers())
                        .extracting(WorkerSnapshot::label)
                        .containsOnly("fake//other"));
    }

    @Test
    void otherRulesHoldForTheNextRequest() throws Exception {
        pool.start(HATS);
        assertThat(ask("b").status()).isEqualTo(200);
        pool.reconfigure(with(HATS, "apparmor_hat.allowed", "a"));
        assertThat(ask("b").status()).isEqualTo(403);
        assertThat(ask("a").status()).isEqualTo(200);
    }
}
