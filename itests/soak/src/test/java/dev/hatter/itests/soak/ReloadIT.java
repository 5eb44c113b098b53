// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Edits;
import dev.hatter.itests.soak.harness.LoadedNginx;
import dev.hatter.itests.soak.harness.Site;
import dev.hatter.itests.soak.harness.Soak;
import dev.hatter.itests.soak.harness.Wrk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A pool that is reloaded every second at full load loses no request: no answer but 200, no connection error. Requests
 * that are quick, and requests that last most of the second, so that each reload meets some. What php-fpm does in the same
 * place is printed beside.
 */
@Tag("soak")
@TestMethodOrder(OrderAnnotation.class)
class ReloadIT {
    private static final int CONNECTIONS = 16;
    private static final int SLOW_CONNECTIONS = 4;
    private static final Duration EDIT = Duration.ofSeconds(1);

    private static String hatterFigures = "not measured";
    private Scratch scratch;
    private Path site;
    private List<Backend> addresses;

    @BeforeEach
    void prepare() {
        scratch = Scratch.create();
        site = Site.create(scratch);
        Path sockets = scratch.writable("sockets");
        addresses = List.of(new Backend.Unix(sockets.resolve("a.sock")), new Backend.Unix(sockets.resolve("b.sock")));
    }

    @AfterEach
    void clean() {
        scratch.close();
    }

    @Test
    @Order(1)
    void noRequestIsLostWithAConnectionForEach() {
        Outcome outcome = reloadHatter(false);
        hatterFigures = outcome.toString();
        outcome.check();
    }

    @Test
    @Order(2)
    void noRequestIsLostOnKeptConnections() {
        reloadHatter(true).check();
    }

    @Test
    @Tag(All.TAG)
    @Order(3)
    void whatPhpFpmDoes() {
        Edits[] edits = {Edits.of(addresses)};
        try (PhpFpm fpm =
                PhpFpm.launch(scratch, Map.of("php", edits[0].phpFpm())).awaitListening(addresses.get(0))) {
            Outcome outcome = load("php-fpm", false, Soak.percent(8), round -> {
                edits[0] = edits[0].next(round);
                fpm.reload("php", edits[0].phpFpm());
            });
            Logs.say("reload under load, Hatter : %s", hatterFigures);
            Logs.say("reload under load, php-fpm: %s", outcome);
            assertThat(outcome.quick.requests()).isPositive();
        }
    }

    private Outcome reloadHatter(boolean kept) {
        Edits[] edits = {Edits.of(addresses)};
        try (Hatter hatter = Hatter.start("reload", edits[0].pool("php"))) {
            int[] reloads = {0};
            Outcome outcome = load(
                    "Hatter, " + (kept ? "kept connections" : "a connection each"),
                    kept,
                    Soak.percent(kept ? 8 : 17),
                    round -> {
                        // of two edits that come too soon after each other only the second would be seen
                        awaitReloads(hatter, reloads[0]);
                        edits[0] = edits[0].next(round);
                        hatter.write(edits[0].pool("php"));
                        reloads[0]++;
                    });
            awaitReloads(hatter, reloads[0]);
            return outcome;
        }
    }

    private static void awaitReloads(Hatter hatter, int reloads) {
        await("each edit in force")
                .untilAsserted(() -> assertThat(reloaded(hatter)).isEqualTo(reloads));
    }

    private static long reloaded(Hatter hatter) {
        return Logs.read(hatter.log())
                .lines()
                .filter(line -> line.contains("[pool php] reloaded"))
                .count();
    }

    private Outcome load(String who, boolean kept, Duration time, IntConsumer edit) {
        try (LoadedNginx nginx = LoadedNginx.start(site, kept, addresses.toArray(Backend[]::new));
                Wrk quick = Wrk.start(scratch.path(), nginx.uri("/quick.php"), "POST", CONNECTIONS, time);
                Wrk slow = Wrk.start(scratch.path(), nginx.uri("/slow.php"), "POST", SLOW_CONNECTIONS, time)) {
            long end = System.nanoTime() + time.minus(EDIT).toNanos();
            int round = 0;
            for (; System.nanoTime() < end - EDIT.toNanos(); round++) {
                Soak.pause(EDIT);
                edit.accept(round);
            }
            Outcome outcome = new Outcome(round, quick.await(), slow.await(), nginx.stop());
            Logs.say("%s: %s", who, outcome);
            return outcome;
        }
    }

    private record Outcome(int edits, Wrk.Result quick, Wrk.Result slow, LoadedNginx.Answers answers) {
        void check() {
            assertThat(answers.failed())
                    .as("answers but 200: %s; see %s", answers.counts(), answers.errors())
                    .isZero();
            assertThat(quick.badStatuses() + slow.badStatuses()).as("non-2xx").isZero();
            assertThat(quick.connectionErrors() + slow.connectionErrors())
                    .as("connection errors")
                    .isZero();
            assertThat(quick.timeouts() + slow.timeouts())
                    .as("answers that took ten seconds")
                    .isZero();
        }

        @Override
        public String toString() {
            return "%d edits; %d failed, %d took a second address; quick: %s; slow: %s; nginx counts %s"
                    .formatted(edits, answers.failed(), answers.retried(), quick, slow, answers.counts());
        }
    }
}
