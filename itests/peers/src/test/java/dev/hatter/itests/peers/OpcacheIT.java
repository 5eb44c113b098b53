// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A new version of a page, put in force by opcache_reset() alone: whom it reaches. */
class OpcacheIT {
    private static final int CHILDREN = 3;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Map<String, String> SETTINGS = Map.of(
            "php_admin_value[opcache.validate_timestamps]", "0",
            "php_admin_value[opcache.file_update_protection]", "0");

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(CHILDREN);

    private static Scratch scratch;
    private static Backend.Unix fpmListen;
    private static PhpFpm fpm;
    private static Hatter hatter;
    private static Backend single;
    private static Backend group;

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        scratch.write("page.php", "<?php echo getmypid(), ' ', include __DIR__ . '/version.inc'; usleep(50_000);");
        scratch.write("reset.php", "<?php var_dump(opcache_reset());");
        fpmListen = new Backend.Unix(scratch.path().resolve("fpm.sock"));
        Map<String, String> pool = new LinkedHashMap<>(Map.of(
                "listen",
                fpmListen.toString(),
                "listen.mode",
                "0666",
                "pm",
                "static",
                "pm.max_children",
                Integer.toString(CHILDREN)));
        pool.putAll(SETTINGS);
        fpm = PhpFpm.launch(scratch, Map.of("www", pool)).awaitListening(fpmListen);
        single = Backend.tcp();
        group = Backend.tcp();
        hatter = Hatter.start(
                "opcache", pool("single", single), pool("group", group).with("worker.concurrency", CHILDREN));
    }

    private static Pool pool(String name, Backend listen) {
        Pool pool = Pool.php(name, listen, CHILDREN);
        SETTINGS.forEach(pool::with);
        return pool;
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                PhpFpm ended = fpm;
                Hatter stopped = hatter) {
            THREADS.shutdownNow();
            Logs.say("stopping");
        }
    }

    @Test
    void aResetReachesAllOfPhpFpm() throws IOException {
        assertThat(versionsAfterReset(fpmListen)).containsOnly("new");
    }

    @Test
    void aResetReachesAGroup() throws IOException {
        assertThat(versionsAfterReset(group)).containsOnly("new");
    }

    @Test
    void aResetReachesOneOfSingleWorkers() throws IOException {
        assertThat(versionsAfterReset(single)).contains("new", "old");
    }

    /** What all children have, once each had the old version and one was told to reset. */
    private static Set<String> versionsAfterReset(Backend pool) throws IOException {
        scratch.write("version.inc", "<?php return 'old';");
        ask(pool, "reset.php"); // another test may have left something
        assertThat(versions(pool)).contains("old");
        scratch.write("version.inc", "<?php return 'new';");
        assertThat(versions(pool)).as("before the reset").containsOnly("old");
        assertThat(ask(pool, "reset.php")).contains("bool(true)");
        return versions(pool);
    }

    /** Of all children: so many are asked at once, again and again, until each has answered. */
    private static Set<String> versions(Backend pool) {
        Set<String> versions = ConcurrentHashMap.newKeySet();
        Set<String> pids = ConcurrentHashMap.newKeySet();
        await().atMost(TIME).pollInterval(Duration.ofMillis(1)).until(() -> {
            IntStream.range(0, CHILDREN)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> page(pool, pids, versions), THREADS))
                    .toList()
                    .forEach(CompletableFuture::join);
            return pids.size() == CHILDREN;
        });
        return versions;
    }

    private static void page(Backend pool, Set<String> pids, Set<String> versions) {
        try {
            String[] answer = ask(pool, "page.php").strip().split(" ");
            pids.add(answer[0]);
            versions.add(answer[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ask(Backend pool, String script) throws IOException {
        return FastCgi.ask(
                        pool,
                        Map.of(
                                "REQUEST_METHOD",
                                "GET",
                                "SCRIPT_FILENAME",
                                scratch.path().resolve(script).toString(),
                                "SCRIPT_NAME",
                                "/" + script))
                .body();
    }
}
