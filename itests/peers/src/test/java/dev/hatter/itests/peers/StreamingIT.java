// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Beside;
import dev.hatter.itests.peers.harness.Caddy;
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
import dev.hatter.itests.peers.harness.Pieces.Outcome;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.opentest4j.TestAbortedException;

/**
 * What a script flushes reaches the client while the script still runs, through every web server, as it does from
 * php-fpm beside. The script waits for what the client says when it has a piece; nothing is measured by a clock.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StreamingIT {
    /** How long each web server waits for the pool to say something. */
    private static final int READ_TIMEOUT = 3;
    /** A line each half second for three times that. */
    private static final int LINES = READ_TIMEOUT * 3 * 2 + 2;

    private static final int EVENTS = All.or(20, 60);
    private static final int WORKERS = 32;
    private static final String ANSWER = "answer\n".repeat(1000);

    private static final List<Peer> PEERS = List.of(
            new Peer(new Nginx(), false, true),
            new Peer(new Nginx(), true, false),
            new Peer(new Apache(), false, true),
            new Peer(new Apache(), true, true),
            new Peer(new Lighttpd(), false, true),
            new Peer(new Caddy(), false, true),
            new Peer(new HaProxy(), false, true),
            new Peer(new H2o(), false, true),
            new Peer(new Jetty(), false, true));

    private static final Beside BESIDE = new Beside();

    private static Scratch scratch;
    private static Pieces pieces;
    private static Hatter hatter;
    private static PhpFpm phpFpm;
    private static List<Pair> pairs;
    private static List<Future<Pair.Outcomes>> events;
    private static List<Future<Pair.Outcomes>> lines;

    /** A web server, and how it reaches the pool. */
    private record Peer(FrontServer server, boolean unix, boolean kept) {
        @Override
        public String toString() {
            return server.name() + (unix ? ", Unix socket" : "") + (kept ? "" : ", not kept");
        }

        FrontServer.Front start(Path site, Backend tcp, Backend socket) {
            return server.start(
                    new FrontServer.Site(site, unix ? socket : tcp, ".php", kept).withReadTimeout(READ_TIMEOUT));
        }
    }

    /** One in front of php-fpm, one in front of Hatter; or the reason why there is none. */
    private record Pair(Peer peer, FrontServer.Front phpFpm, FrontServer.Front hatter, TestAbortedException missing) {
        /** What came of the same through both. */
        record Outcomes(Outcome phpFpm, Outcome hatter) {}

        Outcomes outcomes(Talk talk) {
            if (missing != null) {
                return null;
            }
            Future<Outcome> beside = BESIDE.start(() -> talk.with(phpFpm));
            return new Outcomes(Beside.await(beside), talk.with(hatter));
        }
    }

    /** What a client does with a web server. */
    private interface Talk {
        Outcome with(FrontServer.Front front);
    }

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        Path site = Application.site(scratch);
        pieces = new Pieces(scratch);
        Backend tcp = Backend.tcp();
        Backend unix = new Backend.Unix(scratch.path().resolve("hatter.sock"));
        Backend fpmTcp = Backend.tcp();
        Backend fpmUnix = new Backend.Unix(scratch.path().resolve("fpm.sock"));
        Future<Hatter> started = BESIDE.start(() -> Hatter.start(
                "streaming",
                Pool.php("tcp", tcp, WORKERS).with("pm", "ondemand"),
                Pool.php("unix", unix, WORKERS / 2)));
        phpFpm = PhpFpm.launch(scratch, Map.of("tcp", phpFpm(fpmTcp), "unix", phpFpm(fpmUnix)));
        pairs = BESIDE.all(PEERS.stream()
                .filter(peer -> peer.toString().matches(System.getProperty("hatter.rows", ".*")))
                .<Supplier<Pair>>map(peer -> () -> pair(peer, site, List.of(fpmTcp, fpmUnix, tcp, unix)))
                .toList());
        phpFpm.awaitListening(fpmTcp, fpmUnix);
        hatter = Beside.await(started);
        // these take long, and nothing of the machine
        events = through(StreamingIT::events);
        lines = through(StreamingIT::lines);
    }

    /** Kept connections occupy its children, so there have to be many. */
    private static Map<String, String> phpFpm(Backend listen) {
        return Map.of(
                "listen",
                listen.toString(),
                "listen.mode",
                "0666",
                "pm",
                "static",
                "pm.max_children",
                "" + 2 * WORKERS);
    }

    private static Pair pair(Peer peer, Path site, List<Backend> backends) {
        try {
            return new Pair(
                    peer,
                    peer.start(site, backends.get(0), backends.get(1)),
                    peer.start(site, backends.get(2), backends.get(3)),
                    null);
        } catch (TestAbortedException e) {
            return new Pair(peer, null, null, e);
        }
    }

    @AfterAll
    static void stop() {
        List<AutoCloseable> open = new ArrayList<>(List.of(scratch, BESIDE));
        open.add(hatter);
        open.add(phpFpm);
        Stream.ofNullable(pairs)
                .flatMap(List::stream)
                .filter(pair -> pair.missing == null)
                .forEach(pair -> {
                    open.add(pair.phpFpm);
                    open.add(pair.hatter);
                });
        Logs.say("stopping");
        Beside.closeAll(open);
    }

    private static List<Future<Pair.Outcomes>> through(Talk talk) {
        return pairs.stream()
                .map(pair -> BESIDE.start(() -> pair.outcomes(talk)))
                .toList();
    }

    private static Stream<DynamicTest> tests(String what, List<Future<Pair.Outcomes>> outcomes) {
        Stream.Builder<DynamicTest> tests = Stream.builder();
        for (int i = 0; i < outcomes.size(); i++) {
            Future<Pair.Outcomes> future = outcomes.get(i);
            Pair pair = pairs.get(i);
            tests.add(DynamicTest.dynamicTest(what + ", " + pair.peer, () -> check(what, pair, Beside.await(future))));
        }
        return tests.build();
    }

    private static void check(String what, Pair pair, Pair.Outcomes outcomes) {
        if (pair.missing != null) {
            throw pair.missing;
        }
        Logs.say("%-22s %-32s php-fpm %-35s Hatter %s", what, pair.peer, outcomes.phpFpm, outcomes.hatter);
        assertThat(outcomes.hatter.text()).as("%s", pair.hatter.log()).isEqualTo(Outcome.PASSES);
        // Jetty's client loses its place where a record is padded and the next one isn't there yet; Hatter pads none
        if (!(pair.peer.server instanceof Jetty)) {
            assertThat(outcomes.phpFpm.text()).as("through php-fpm beside").isEqualTo(Outcome.PASSES);
        }
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> smallPieces() {
        return tests("small pieces", through(front -> follow(front, "pieces&count=5&bytes=40")));
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> largePieces() {
        return tests("pieces of 70 kB", through(front -> follow(front, "pieces&count=5&bytes=70000")));
    }

    /** HAProxy sends both on one connection. */
    @TestFactory
    @Order(3)
    Stream<DynamicTest> twoAtOnce() {
        return tests("two at once", through(front -> {
            Future<Outcome> other = BESIDE.start(() -> follow(front, "pieces&count=20&bytes=40"));
            Outcome one = follow(front, "pieces&count=5&bytes=70000");
            return one.passes() ? Beside.await(other) : one;
        }));
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> aBodyThenPieces() {
        return tests("a body, then pieces", through(front -> {
            Pieces.Request request = pieces.request("pieces&count=5&bytes=40");
            HttpRequest.Builder post = HttpRequest.newBuilder(front.uri("/pieces.php?" + request.query()))
                    .POST(BodyPublishers.ofString("x".repeat(100_000)));
            Outcome outcome = open(front, post, request::follow);
            return outcome.others().contains("body 100000") ? outcome : Outcome.of("no body: " + outcome.others());
        }));
    }

    @TestFactory
    @Order(5)
    Stream<DynamicTest> anAnswerThenWork() {
        return tests("an answer, then work", through(StreamingIT::answerThenWork));
    }

    @TestFactory
    @Order(6)
    Stream<DynamicTest> serverSentEvents() {
        return tests("events for " + EVENTS / 2 + " s", events);
    }

    @TestFactory
    @Order(7)
    Stream<DynamicTest> aJobThatTellsHowItGoes() {
        return tests("lines, three time-outs", lines);
    }

    private static Outcome follow(FrontServer.Front front, String what) {
        Pieces.Request request = pieces.request(what);
        return open(front, HttpRequest.newBuilder(front.uri("/pieces.php?" + request.query())), request::follow);
    }

    private static Outcome events(FrontServer.Front front) {
        return follow(front, "events&count=" + EVENTS);
    }

    private static Outcome lines(FrontServer.Front front) {
        Pieces.Request request = pieces.request("lines&count=" + LINES);
        Outcome outcome =
                open(front, HttpRequest.newBuilder(front.uri("/pieces.php?" + request.query())), request::read);
        int came = outcome.delays().size();
        return came == LINES ? outcome : Outcome.of(outcome.text() + ", " + came + " of " + LINES + " lines");
    }

    private static Outcome answerThenWork(FrontServer.Front front) {
        Pieces.Request request = pieces.request("answer");
        return open(front, HttpRequest.newBuilder(front.uri("/pieces.php?" + request.query())), body -> {
            String whole = answer(body);
            if (!whole.equals(ANSWER)) {
                return Outcome.of(whole.length() + " bytes of " + ANSWER.length());
            }
            request.open("has");
            String end = request.awaitEither("worked", "late");
            return Outcome.of(end.equals("worked") ? Outcome.PASSES : "the answer came when the work was over");
        });
    }

    /** All of it; Apache lets no Content-Length of a script pass, so its end isn't known before the script's. */
    private static String answer(InputStream body) {
        try {
            return new String(body.readNBytes(ANSWER.length()), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Reader {
        Outcome read(InputStream body);
    }

    private static Outcome open(FrontServer.Front front, HttpRequest.Builder builder, Reader reader) {
        HttpResponse<InputStream> answer;
        try {
            answer = Http.open(builder);
        } catch (AssertionError e) {
            return Outcome.of("no answer: " + e.getMessage());
        }
        try (InputStream body = answer.body()) {
            return answer.statusCode() == 200 ? reader.read(body) : Outcome.of("status " + answer.statusCode());
        } catch (IOException | UncheckedIOException e) {
            return Outcome.of("cut off: " + e);
        }
    }
}
