// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Beside;
import dev.hatter.itests.peers.harness.Caddy;
import dev.hatter.itests.peers.harness.FastCgiStreams;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.H2o;
import dev.hatter.itests.peers.harness.HaProxy;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Jetty;
import dev.hatter.itests.peers.harness.Lighttpd;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pieces;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker that dies, and a pool that is full: web servers show their own pages, ask another pool, or take what is stale, as
 * they do with php-fpm beside; and nothing that was cut off is taken for the whole.
 */
class FailuresIT {
    private static final int WORKERS = 8;
    private static final int READ_TIMEOUT = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String SORRY = "sorry, not now\n";

    private static final Beside BESIDE = new Beside();

    private static Scratch scratch;
    private static Path site;
    private static Pieces pieces;
    private static Hatter hatter;
    private static PhpFpm phpFpm;
    private static Backends ours;
    private static Map<Way, Future<Pair>> fronts;

    /** Web servers, each from its sample, with what the sample says about errors put in force. */
    enum Way {
        NGINX(backends -> new Nginx()
                .with("upstream hatter {", "fastcgi_cache_path cache keys_zone=pages:1m;\n\nupstream hatter {")
                .with("#error_page", "error_page")
                .with("fastcgi_keep_conn on;", """
                        fastcgi_keep_conn on;
                        fastcgi_cache pages;
                        fastcgi_cache_key $request_uri;
                        fastcgi_cache_use_stale error;
                        add_header X-Cache $upstream_cache_status;
                        """)),
        NGINX_WITH_ANOTHER_POOL(backends -> new Nginx()
                .with(
                        "server " + backends.main + ";",
                        "server " + backends.main + " max_fails=0;\n    server " + backends.second + " backup;")),
        APACHE(backends -> new Apache().with("#ErrorDocument", "ErrorDocument")),
        LIGHTTPD(backends -> new Lighttpd().with("#server.errorfile", "server.errorfile")),
        CADDY(backends -> new Caddy()
                .with("#handle_errors", "handle_errors")
                .with("#\trewrite", "\trewrite")
                .with("#\tfile_server", "\tfile_server")
                .with("#}", "}")),
        HAPROXY(backends -> new HaProxy()
                .with("defaults\n", "global\n    nbthread 1\n\ndefaults\n")
                .with("\nbackend hatter\n", "\nbackend hatter\n    http-reuse always\n")),
        HAPROXY_THAT_TRIES_AGAIN(backends -> new HaProxy().with("#retry-on", "retry-on")),
        H2O(backends -> new H2o()
                .with("#error-doc", "error-doc")
                .with("#  - status", "  - status")
                .with("#    url", "    url")),
        JETTY(backends -> new Jetty());

        private interface Made {
            FrontServer by(Backends backends);
        }

        private final Made made;

        Way(Made made) {
            this.made = made;
        }

        private FrontServer.Front start(Backends backends) {
            return made.by(backends).start(new FrontServer.Site(site, backends.main).withReadTimeout(READ_TIMEOUT));
        }
    }

    private record Backends(Backend main, Backend second) {}

    private record Pair(FrontServer.Front phpFpm, FrontServer.Front hatter) {}

    /** What a visitor sees. */
    private record Visible(int status, String body, boolean whole, long runs) {}

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = Application.site(scratch);
        pieces = new Pieces(scratch);
        scratch.site("dies.php", "www/dies.php");
        List.of("error.html", "error-500.html", "error-502.html", "error-503.html")
                .forEach(page -> scratch.write("www/" + page, SORRY));
        ours = new Backends(Backend.tcp(), Backend.tcp());
        Backends theirs = new Backends(Backend.tcp(), Backend.tcp());
        phpFpm = PhpFpm.launch(
                scratch, Map.of("main", phpFpm("main", theirs.main), "second", phpFpm("second", theirs.second)));
        fronts = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            fronts.put(way, BESIDE.start(() -> new Pair(way.start(theirs), way.start(ours))));
        }
        hatter = Hatter.start("failures", pool("main", ours.main), pool("second", ours.second));
        phpFpm.awaitListening(theirs.main, theirs.second);
    }

    private static Pool pool(String name, Backend listen) {
        return Pool.php(name, listen, WORKERS).with("env[POOL]", name);
    }

    private static Map<String, String> phpFpm(String name, Backend listen) {
        // kept connections occupy its children
        return Map.of(
                "listen",
                listen.toString(),
                "pm",
                "static",
                "pm.max_children",
                "" + 6 * WORKERS,
                "env[POOL]",
                name,
                "catch_workers_output",
                "yes");
    }

    @AfterAll
    static void stop() {
        List<AutoCloseable> open = new ArrayList<>();
        for (Future<Pair> pair : fronts.values()) {
            open.add(() -> Beside.await(pair).phpFpm.close());
            open.add(() -> Beside.await(pair).hatter.close());
        }
        open.addAll(List.of(hatter, phpFpm, BESIDE, scratch));
        Logs.say("stopping");
        Beside.closeAll(open);
    }

    /** What a visitor sees of that case, with Hatter; the same as with php-fpm. */
    private static Visible sameAsPhpFpm(Way way, String what) {
        Pair pair = Beside.await(fronts.get(way));
        // a pool whose workers die one after the other, and do nothing else, refuses requests for a while
        for (FrontServer.Front front : List.of(pair.phpFpm, pair.hatter)) {
            assertThat(see(front, "fine").body).isEqualTo("fine, by main\n");
        }
        List<Supplier<Visible>> both = List.of(() -> see(pair.phpFpm, what), () -> see(pair.hatter, what));
        List<Visible> seen = BESIDE.all(both);
        Logs.say("%-26s %-8s %s", way, what, seen);
        assertThat(seen.get(1)).as("as with php-fpm; %s", pair.hatter.log()).isEqualTo(seen.get(0));
        return seen.get(1);
    }

    private static Visible see(FrontServer.Front front, String what) {
        return see(front, pieces.request(what));
    }

    private static Visible see(FrontServer.Front front, Pieces.Request request) {
        HttpResponse<InputStream> answer = Http.open(HttpRequest.newBuilder(front.uri("/dies.php?" + request.query())));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = true;
        try (InputStream in = answer.body()) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                body.write(b);
                if (text(body).equals("half of it\n")) {
                    request.open("has");
                }
            }
        } catch (IOException e) {
            whole = false;
        }
        String page = text(body).replace(front.uri("").toString(), "").replace(request.query(), "");
        return new Visible(answer.statusCode(), page, whole, request.size("runs"));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HAPROXY_THAT_TRIES_AGAIN", "JETTY"})
    void aWorkerThatDiesBeforeItAnswers(Way way) {
        Visible seen = sameAsPhpFpm(way, "before");
        assertThat(seen.status).isGreaterThanOrEqualTo(500);
        switch (way) {
            case NGINX, APACHE, LIGHTTPD, CADDY, H2O -> assertThat(seen.body).isEqualTo(SORRY);
            default -> assertThat(seen.whole).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWorkerThatDiesAfterPartOfItsAnswer(Way way) {
        assertThat(sameAsPhpFpm(way, "part").runs).isEqualTo(1);
    }

    @Test
    void nginxAsksTheOtherPool() {
        assertThat(sameAsPhpFpm(Way.NGINX_WITH_ANOTHER_POOL, "main").body).isEqualTo("fine, by second\n");
    }

    @Test
    void haProxyTriesAgain() {
        Visible seen = sameAsPhpFpm(Way.HAPROXY_THAT_TRIES_AGAIN, "first");
        assertThat(seen).isEqualTo(new Visible(200, "fine, by main\n", true, 2));
    }

    @Test
    void nginxTakesWhatIsStale() {
        Pair pair = Beside.await(fronts.get(Way.NGINX));
        for (FrontServer.Front front : List.of(pair.phpFpm, pair.hatter)) {
            Pieces.Request request = pieces.request("later");
            String page = "/dies.php?" + request.query();
            assertThat(Http.get(front.uri(page)).body()).isEqualTo("fine, by main\n");
            request.open("dies");
            HttpResponse<String> answer = await().atMost(PATIENCE)
                    .until(() -> Http.get(front.uri(page)), got -> !cache(got).equals("HIT"));
            assertThat(cache(answer)).as("what nginx made of a failure").isEqualTo("STALE");
            assertThat(answer.body()).isEqualTo("fine, by main\n");
        }
    }

    /** On HAProxy's one connection to the pool, whose time-out ends the half answer alone. */
    @Test
    void aHalfAnswerIsNeverTakenForTheWholeAndItsNeighbourGoesOn() throws IOException {
        Backend.Tcp shared = Backend.tcp();
        hatter.add(pool("shared", shared));
        try (FrontServer.Front front = Way.HAPROXY.start(new Backends(shared, ours.second))) {
            Pieces.Request neighbour = pieces.request("lines&count=10"); // longer than the time-out
            HttpResponse<InputStream> going =
                    Http.open(HttpRequest.newBuilder(front.uri("/pieces.php?" + neighbour.query())));
            Future<Pieces.Outcome> outcome = BESIDE.start(() -> neighbour.read(going.body()));
            assertThat(see(front, "part")).isEqualTo(new Visible(200, "half of it\n", false, 1));
            assertThat(Beside.await(outcome).text()).isEqualTo(Pieces.Outcome.PASSES);
            assertThat(see(front, "fine").body).isEqualTo("fine, by shared\n");
        }
    }

    @Test
    void aHalfAnswerOnASharedConnectionHasNoEnd() throws IOException {
        try (FastCgiStreams connection = new FastCgiStreams(ours.main)) {
            Pieces.Request failing = pieces.request("part");
            Pieces.Request neighbour = pieces.request("pieces&count=5&bytes=40");
            InputStream whole = connection.request(2, true, params("/pieces.php", neighbour), new byte[0]);
            InputStream half = connection.request(1, true, params("/dies.php", failing), new byte[0]);
            failing.open("has");
            assertThat(neighbour.follow(whole).text()).isEqualTo(Pieces.Outcome.PASSES);
            assertThatThrownBy(half::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private static Map<String, String> params(String script, Pieces.Request request) {
        return Map.of(
                "REQUEST_METHOD",
                "GET",
                "SCRIPT_FILENAME",
                site + script,
                "SCRIPT_NAME",
                script,
                "QUERY_STRING",
                request.query());
    }

    /** A full pool is to nginx what a php-fpm is whose backlog is full: an error of the connection. */
    @ParameterizedTest
    @ValueSource(strings = {"close", "answer"})
    void aFullPoolThatRefuses(String refusal) throws IOException {
        Pool one = Pool.php("full-" + refusal, Backend.tcp(), 1)
                .with("env[POOL]", "full")
                .with("listen.backlog", 1)
                .with("request_refusal", refusal);
        Backends full = new Backends(hatter.add(one), ours.second);
        Pieces.Request running = pieces.request("waits");
        List<FastCgiStreams> connections = new ArrayList<>();
        try (FrontServer.Front page = Way.NGINX.start(full);
                FrontServer.Front other = Way.NGINX_WITH_ANOTHER_POOL.start(full)) {
            fill(full.main, running, connections);
            Visible seen = see(page, "fine");
            Visible elsewhere = see(other, "fine");
            if (refusal.equals("close")) {
                assertThat(seen).isEqualTo(new Visible(502, SORRY, true, 0));
                assertThat(elsewhere.body).isEqualTo("fine, by second\n");
            } else {
                assertThat(seen.status).isEqualTo(503);
                assertThat(elsewhere.status).isEqualTo(503);
            }
        } finally {
            running.open("go");
            for (FastCgiStreams connection : connections) {
                connection.close();
            }
        }
    }

    /** Lets one request run and another wait, so that a third is refused: that tells that all is full. */
    private static void fill(Backend full, Pieces.Request running, List<FastCgiStreams> connections)
            throws IOException {
        List<Future<Boolean>> ended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FastCgiStreams connection = new FastCgiStreams(full);
            connections.add(connection);
            InputStream answer = connection.request(1, true, params("/dies.php", running), new byte[0]);
            ended.add(BESIDE.start(() -> ends(answer)));
            await().atMost(PATIENCE).until(() -> running.size("runs") == 1);
        }
        await().atMost(PATIENCE).until(() -> ended.stream().anyMatch(Future::isDone));
    }

    private static boolean ends(InputStream answer) {
        try {
            return answer.readAllBytes().length > 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static String cache(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Cache").orElse("");
    }
}
