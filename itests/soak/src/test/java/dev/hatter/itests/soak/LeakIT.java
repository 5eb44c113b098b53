// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Footprint;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Soak;
import dev.hatter.itests.soak.harness.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Descriptors, threads, heap and child processes after many reloads, worker deaths and pools made and removed are what they
 * were before.
 */
@Tag("soak")
class LeakIT {
    private static final int POOLS = 20;
    private static final int BATCH = 50;
    /** What comes and goes: buffers of a thread, an entry in a cache. A leak of 100 bytes a time is more, in large numbers. */
    private static final long HEAP_SLACK = 1_000_000;
    /** The JVM's compilers come and go. */
    private static final int THREAD_SLACK = 3;
    /** How many seconds an idle thread of the manager stays. */
    private static final int IDLE = 1;

    /** No thread that has had its last work will end later, on a busy machine too. */
    private static final Duration QUIET = Duration.ofSeconds(IDLE + 5);

    private static final Duration CALM = Duration.ofSeconds(90);

    private static final Duration STEP = Duration.ofSeconds(60);

    private Scratch scratch;
    private Path sockets;
    private Hatter hatter;
    private Proc manager;
    private int marks;

    @BeforeEach
    void start() {
        scratch = Scratch.create();
        sockets = scratch.writable("s");
        scratch.write("www/hello.php", "<?php echo 'hello';");
        scratch.write("www/die.php", "<?php posix_kill(getmypid(), 9);");
        hatter = Hatter.start(
                "leaks",
                Map.of("HATTER_JAVA_OPTS", "-Dhatter.threads.idle=" + IDLE),
                IntStream.range(0, POOLS).mapToObj(i -> pool(i, 1)).toArray(Pool[]::new));
        manager = new Proc(hatter.process().pid());
    }

    @AfterEach
    void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    private Pool pool(int number, int workers) {
        return Pool.php("p" + number, new Backend.Unix(sockets.resolve(number + ".sock")), workers)
                .with("request_failure", "answer");
    }

    @Test
    void nothingIsLeft() {
        everything(2 * POOLS, POOLS, BATCH); // warms up
        Footprint before = calm();
        Logs.say("leaks, before: %s", before);
        everything(Soak.count(1_000, 10_000), Soak.count(1_000, 10_000), Soak.count(200, 1_000));
        Footprint after = calm(before);
        Logs.say("leaks, after : %s%s", after, after.growth(before));
        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
        assertThat(after.children()).as("children").isEqualTo(before.children());
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + THREAD_SLACK);
        assertThat(after.heap()).as("live heap").isLessThan(before.heap() + HEAP_SLACK);
    }

    private void everything(int reloads, int deaths, int pools) {
        Watch watch = new Watch();
        reload(reloads);
        Logs.say("%d reloads in %d ms", reloads, watch.millis());
        watch = new Watch();
        kill(deaths);
        Logs.say("%d deaths in %d ms", deaths, watch.millis());
        watch = new Watch();
        comeAndGo(pools);
        Logs.say("%d pools made and removed in %d ms", pools, watch.millis());
    }

    /** All pools are edited at once; each fifth time what their workers are changes, so that these are replaced. */
    private void reload(int reloads) {
        for (int done = 0; done < reloads; done += POOLS) {
            int mark = 500 + marks++ % 2;
            for (int i = 0; i < POOLS; i++) {
                hatter.write(pool(i, 1)
                        .with("pm", "dynamic")
                        .with("pm.min_spare_servers", 1)
                        .with("pm.max_spare_servers", 1)
                        .with("pm.max_children", mark)
                        .with("env[MARK]", marks / 5));
            }
            IntStream.range(0, POOLS).forEach(i -> awaitState("p" + i, "pm.max_children = " + mark));
        }
        for (int i = 0; i < POOLS; i++) {
            hatter.write(pool(i, 1));
        }
        IntStream.range(0, POOLS).forEach(i -> awaitState("p" + i, "pm = static"));
    }

    private void awaitState(String pool, String text) {
        await(pool + ": " + text)
                .atMost(STEP)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> hatter.state(pool).contains(text));
    }

    /** Each worker serves a request, so that it isn't taken as one that can't start, and dies of the next. */
    private void kill(int deaths) {
        IntStream.range(0, POOLS).parallel().forEach(i -> {
            Backend listen = pool(i, 1).listen();
            for (int done = i; done < deaths; done += POOLS) {
                assertThat(ask(listen, "hello.php").body()).isEqualTo("hello");
                assertThat(ask(listen, "die.php").status()).isEqualTo(502);
            }
        });
    }

    private FastCgi.Answer ask(Backend listen, String script) {
        try {
            return FastCgi.ask(
                    listen,
                    Map.of(
                            "REQUEST_METHOD",
                            "GET",
                            "SCRIPT_FILENAME",
                            scratch.path().resolve("www/" + script).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void comeAndGo(int pools) {
        for (int done = 0; done < pools; done += BATCH) {
            List<Pool> batch = IntStream.range(POOLS + done, POOLS + done + BATCH)
                    .mapToObj(i -> pool(i, 1))
                    .toList();
            batch.forEach(hatter::write);
            batch.forEach(pool -> awaitState(pool.name(), "active"));
            batch.forEach(this::delete);
            batch.forEach(pool -> await(pool.name() + " gone")
                    .atMost(STEP)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> hatter.state(pool.name()).isEmpty()));
        }
    }

    private void delete(Pool pool) {
        try {
            Files.delete(hatter.conf().resolve(pool.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When all workers are there and threads without work have ended. */
    private Footprint calm() {
        awaitCalm();
        return Footprint.of(manager);
    }

    private void awaitCalm() {
        await("all workers there").atMost(CALM).until(() -> manager.children().size() == POOLS);
        int[] least = {Integer.MAX_VALUE};
        long[] since = {System.nanoTime()};
        // until none has ended for longer than one waits for work
        await("idle threads gone").atMost(CALM).until(() -> {
            int threads = manager.threads();
            if (threads < least[0]) {
                least[0] = threads;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > QUIET.toNanos();
        });
    }

    /** When it is as before besides, or a time after that anyhow. */
    private Footprint calm(Footprint before) {
        awaitCalm();
        try {
            await().atMost(CALM)
                    .until(() -> manager.threads() <= before.threads() + THREAD_SLACK
                            && manager.children().size() == before.children()
                            && manager.descriptors() <= before.descriptors());
        } catch (ConditionTimeoutException e) {
            Logs.say("not as before after %s", CALM);
        }
        return Footprint.of(manager);
    }
}
