// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Fairness;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.KeptHttp;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sixty-four kept connections on eight workers. Where a connection pins a worker, as with php-fpm, eight clients get all
 * and fifty-six nothing. The script waits two milliseconds, as one does for a database: what is measured is who gets a
 * worker, not who gets the processor.
 */
class FairnessIT {
    private static final int CONNECTIONS = 64;
    private static final int WORKERS = 8;
    private static final double LARGEST_RATIO = 10;
    /** Far from pinned, which is 0, and from what a busy machine does to equal clients. */
    private static final double SMALLEST_SHARE = 0.5;

    private static final int ROUNDS = 3;
    private static final Duration TIME = Duration.ofSeconds(4);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private static Scratch scratch;
    private static Path site;
    private static Hatter hatter;
    private static Backend listen;

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = Application.site(scratch);
        listen = Backend.tcp();
        hatter = Hatter.start("fairness", Pool.php("php", listen, WORKERS));
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    @Test
    void nobodyStarvesBehindNginx() throws IOException {
        List<KeptHttp> clients = new ArrayList<>();
        try (FrontServer.Front front = new Nginx().start(new FrontServer.Site(site, listen))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new KeptHttp(front.uri("/app.php/slow?ms=2")));
            }
            measure("through nginx, keep-alive on both sides", clients);
        } finally {
            for (KeptHttp client : clients) {
                client.close();
            }
        }
    }

    @Test
    void nobodyStarvesOnKeptFastCgiConnections() throws IOException {
        Map<String, String> params = Map.of(
                "REQUEST_METHOD", "GET",
                "SCRIPT_FILENAME", site.resolve("app.php").toString(),
                "SCRIPT_NAME", "/app.php",
                "PATH_INFO", "/slow",
                "QUERY_STRING", "ms=2");
        List<FastCgi> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new FastCgi(listen));
            }
            measure(
                    "FastCGI, FCGI_KEEP_CONN",
                    connections.stream()
                            .map(connection -> (Fairness.Client) () -> ask(connection, params))
                            .toList());
        } finally {
            for (FastCgi connection : connections) {
                connection.close();
            }
        }
    }

    private static void ask(FastCgi connection, Map<String, String> params) throws IOException {
        FastCgi.Answer answer = connection.request(params, new byte[0]);
        if (!answer.body().startsWith("slept")) {
            throw new IOException("unexpected answer: " + answer.stdout());
        }
    }

    /** Nobody may starve in any round; the ratio of latencies, which another program on the machine spoils, in one of them. */
    private static void measure(String what, List<? extends Fairness.Client> clients) {
        Fairness.measure(clients, WARM_UP);
        double best = Double.MAX_VALUE;
        for (int round = 1; round <= ROUNDS && best >= LARGEST_RATIO; round++) {
            Fairness fairness = Fairness.measure(clients, TIME);
            Logs.say("%s, round %d: %s", what, round, fairness);
            assertThat(fairness.worstShare())
                    .as("share of the worst served of %d connections", CONNECTIONS)
                    .isGreaterThan(SMALLEST_SHARE);
            best = Math.min(best, fairness.ratio());
        }
        assertThat(best).as("p99 divided by p50").isLessThan(LARGEST_RATIO);
    }
}
