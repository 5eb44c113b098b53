// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Fairness;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Bar;
import dev.hatter.itests.soak.harness.Dribble;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Site;
import dev.hatter.itests.soak.harness.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand clients that send one byte a second and a hundred that read one byte a second, and ordinary clients among
 * them: their p99 stays within twice what it is without. Measured in pairs, with and without, as a machine's pace changes.
 */
@Tag("soak")
class SlowPeersIT {
    private static final int SENDERS = 10_000;
    private static final int READERS = 100;
    private static final int LARGE = 1_000_000;
    /** Two thirds send their bodies slowly, and may stay. Slow parameters are closed after 10 s; their senders come back. */
    private static final int STAYING = SENDERS * 6 / 10;

    private static final Duration ARRIVAL = Duration.ofSeconds(20);
    private static final int WORKERS = 4;
    private static final int CLIENTS = 4;
    private static final int ROUNDS = All.or(1, 5);
    private static final double MOST = 2;

    @Test
    void ordinaryClientsHardlyNotice() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path site = Site.create(scratch);
            Backend listen = Backend.tcp();
            Pool pool = Pool.php("slow", listen, WORKERS)
                    .with("listen.max_connections", SENDERS + READERS + 1000)
                    .with("listen.backlog", 4096)
                    .with("request_body_buffer", "64k");
            try (Hatter hatter = Hatter.start("slow", pool)) {
                measure(site, listen, new Proc(hatter.process().pid()));
            }
        }
    }

    private static void measure(Path site, Backend listen, Proc manager) throws IOException {
        Map<String, String> large = params(site, "large.php", "bytes=" + LARGE);
        double[] ratios = new double[ROUNDS];
        List<String> figures = new ArrayList<>();
        ordinary(site, listen); // warms up
        for (int round = 0; round < ROUNDS; round++) {
            Fairness without = ordinary(site, listen);
            Fairness with;
            long returned;
            try (Dribble slow = new Dribble(listen, SENDERS, READERS, large)) {
                awaitAll(manager, slow);
                with = ordinary(site, listen);
                assertThat(manager.descriptors()).as("descriptors in the end").isGreaterThan(STAYING);
                awaitAll(manager, slow);
                returned = slow.returned();
            }
            ratios[round] = (double) with.p99Micros() / without.p99Micros();
            figures.add("p99 %.1f -> %.1f ms, p50 %.2f -> %.2f ms, %d -> %d answers, %d slow ones closed"
                    .formatted(
                            without.p99Micros() / 1e3,
                            with.p99Micros() / 1e3,
                            without.p50Micros() / 1e3,
                            with.p50Micros() / 1e3,
                            without.total(),
                            with.total(),
                            returned));
            Logs.say("slow peers, round %d: %s", round + 1, figures.get(round));
        }
        Arrays.sort(ratios);
        Logs.say(
                "slow peers: p99 with them / without, sorted: %s; RSS %d MB",
                Arrays.toString(ratios), manager.rssMegabytes());
        Bar.atMost(MOST, ratios[ROUNDS / 2], "median of p99 with / p99 without");
    }

    /** One that is closed for its slowness, on a busy machine before the last are there, counts when it has noticed it. */
    private static void awaitAll(Proc manager, Dribble slow) {
        await("all slow clients").atMost(ARRIVAL).until(() -> manager.descriptors() + slow.returned() > SENDERS);
    }

    private static Fairness ordinary(Path site, Backend listen) throws IOException {
        Map<String, String> params = params(site, "quick.php", "");
        List<FastCgi> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                connections.add(new FastCgi(listen));
            }
            return Fairness.measure(
                    connections.stream()
                            .map(each -> (Fairness.Client) () -> ask(each, params))
                            .toList(),
                    Soak.percent(2));
        } finally {
            for (FastCgi connection : connections) {
                connection.close();
            }
        }
    }

    private static void ask(FastCgi connection, Map<String, String> params) throws IOException {
        FastCgi.Answer answer = connection.request(params, new byte[0]);
        if (!answer.body().startsWith("hello")) {
            throw new IOException("unexpected answer: " + answer.stdout());
        }
    }

    private static Map<String, String> params(Path site, String script, String query) {
        return Map.of(
                "REQUEST_METHOD",
                query.isEmpty() ? "GET" : "POST",
                "SCRIPT_FILENAME",
                site.resolve(script).toString(),
                "SCRIPT_NAME",
                "/" + script,
                "QUERY_STRING",
                query);
    }
}
