// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Client;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Responder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that crash, hang, lie and flood: their client gets a proper answer, and nobody else notices. */
class MisbehaviourIT {
    private static final Duration TIME = Duration.ofSeconds(20);
    /** How long a crashing program is watched; 20 starts a second would be a spin. */
    private static final Duration WATCHED = Duration.ofSeconds(4);

    private static final int MOST_STARTS = 15;

    private static Backend good;
    private static Backend bad;
    private static Hatter hatter;

    @BeforeAll
    static void start() {
        good = Backend.tcp();
        bad = Backend.tcp();
        hatter = Hatter.start(
                "misbehaviour",
                Pool.responder("good", good, 2),
                misbehaving("bad", bad, 2)
                        .with("request_terminate_timeout", "2s")
                        .with("request_failure", "answer"));
    }

    private static Pool misbehaving(String name, Backend listen, int workers, String... options) {
        return Pool.responder(name, listen, workers).with("command", Responder.command(options));
    }

    @AfterAll
    static void stop() {
        try (Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    private static FastCgi.Answer ask(Backend pool, String page, String query) throws IOException {
        return FastCgi.ask(
                pool, Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", page, "QUERY_STRING", query, "REQUEST_URI", page));
    }

    @ParameterizedTest(name = "{0}?{1}: {2}")
    @CsvSource({
        "/crash, code=3, 502",
        "/kill, signal=SEGV, 502",
        "/garbage, bytes=100, 502",
        "/hangup, '', 502",
        "/never, '', 504",
    })
    void theClientGetsAStatusAndTheNextOneIsServed(String page, String query, int status) throws IOException {
        try (Client others = Client.start(good, 2)) {
            FastCgi.Answer answer = ask(bad, page, query);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.protocolStatus()).isZero();
            for (int i = 0; i < 4; i++) { // more than there are workers
                assertThat(ask(bad, "/hello", "plain").status())
                        .as("afterwards")
                        .isEqualTo(200);
            }
            others.awaitMore(100);
            Logs.say("      %s: %d; %d requests of another pool meanwhile", page, status, others.served());
        }
    }

    @Test
    void aProgramThatDiesAtItsStartDoesNotSpin() throws IOException {
        Backend listen = Backend.tcp();
        Pool dying = misbehaving("dying", listen, 2, "--die", "3");
        try (Client others = Client.start(good, 2)) {
            hatter.write(dying);
            hatter.awaitState("dying", "failing");
            assertThat(ask(listen, "/hello", "").status()).isEqualTo(503);
            await().during(WATCHED).atMost(WATCHED.plusSeconds(5)).until(() -> deaths() <= MOST_STARTS);
            Logs.say("      died %d times; %s", deaths(), hatter.state("dying"));
            others.awaitMore(100);
        }
        hatter.remove(dying);
    }

    private static long deaths() {
        return Logs.read(hatter.log())
                .lines()
                .filter(line -> line.contains("[pool dying]") && line.contains("exited with code 3"))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"/stderr", "/fcgi-stderr"})
    void aFloodOfOnePoolHurtsNoOther(String page) throws IOException {
        Backend listen = Backend.tcp();
        Pool flooding = misbehaving("flooding", listen, 1).with("catch_workers_output", "yes");
        try (Client others = Client.start(good, 4)) {
            hatter.add(flooding);
            FastCgi.Answer answer = ask(listen, page, "bytes=4000000");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("wrote 4000000 bytes");
            others.awaitMore(100);
            Logs.say("      %s: %d requests of another pool meanwhile", page, others.served());
        }
        hatter.remove(flooding);
    }

    @Test
    void aFullQueueIsToldAtOnce() throws Exception {
        Backend listen = Backend.tcp();
        Pool busy = misbehaving("busy", listen, 1).with("listen.backlog", "4");
        hatter.add(busy);
        List<Integer> statuses = statuses(listen, 12);
        Logs.say("      12 at once, 1 worker, a queue of 4: %s", statuses);
        // the kernel's own queue is as short: whom it turned away comes a second later, when there may be room again
        assertThat(statuses).filteredOn(status -> status == 200).hasSizeBetween(5, 8);
        assertThat(statuses).filteredOn(status -> status == 503).hasSizeBetween(4, 7);
        assertThat(statuses).containsOnly(200, 503);
        hatter.remove(busy);
    }

    /** Of so many requests at once that each take a second. */
    private static List<Integer> statuses(Backend listen, int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                answers.add(threads.submit(() -> ask(listen, "/slow", "ms=1000").status()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get(TIME.toSeconds(), TimeUnit.SECONDS));
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }
}
