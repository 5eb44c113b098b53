// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Beside;
import dev.hatter.itests.peers.harness.FastCgiStreams;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pieces;
import dev.hatter.itests.peers.harness.Pieces.Outcome;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * What a worker has sent goes on at once, whatever kind of pool it is in and however its client is connected: the script
 * goes on when the client says that it has a piece. php-fpm stands beside, where it can do the same.
 */
class FlushIT {
    private static final int PLACES = 4;
    private static final String SMALL = "pieces&count=5&bytes=40";
    private static final String LARGE = "pieces&count=5&bytes=70000";
    /** 16 MB: more than Hatter and the kernel keep together. */
    private static final String MUCH = "much&count=256";

    private static final Beside BESIDE = new Beside();

    private static Scratch scratch;
    private static Path site;
    private static Pieces pieces;
    private static Hatter hatter;
    private static PhpFpm phpFpm;

    /** What answers. */
    enum Server {
        TCP,
        UNIX,
        GROUP,
        ONDEMAND,
        PHP_FPM_TCP,
        PHP_FPM_UNIX;

        private Backend listen;

        private boolean isPhpFpm() {
            return name().startsWith("PHP_FPM");
        }

        private Backend address() {
            return name().endsWith("UNIX") || this == GROUP
                    ? new Backend.Unix(scratch.path().resolve(name() + ".sock"))
                    : Backend.tcp();
        }

        private Pool pool() {
            Pool pool =
                    Pool.php(name().toLowerCase(Locale.ROOT), listen, PLACES).with("request_body_buffer", "1M");
            return switch (this) {
                case GROUP -> pool.with("worker.concurrency", PLACES);
                case ONDEMAND -> pool.with("pm", "ondemand");
                default -> pool;
            };
        }
    }

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = Application.site(scratch);
        pieces = new Pieces(scratch);
        Stream.of(Server.values()).forEach(server -> server.listen = server.address());
        phpFpm = PhpFpm.launch(
                scratch, Map.of("tcp", phpFpm(Server.PHP_FPM_TCP.listen), "unix", phpFpm(Server.PHP_FPM_UNIX.listen)));
        hatter = Hatter.start(
                "flush",
                Stream.of(Server.values())
                        .filter(server -> !server.isPhpFpm())
                        .map(Server::pool)
                        .toArray(Pool[]::new));
        phpFpm.awaitListening(Server.PHP_FPM_TCP.listen, Server.PHP_FPM_UNIX.listen);
    }

    private static Map<String, String> phpFpm(Backend listen) {
        return Map.of(
                "listen", listen.toString(), "listen.mode", "0666", "pm", "static", "pm.max_children", "" + PLACES);
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Beside ended = BESIDE;
                PhpFpm beside = phpFpm;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    private static Map<String, String> params(Pieces.Request request, int body) {
        return Map.of(
                "REQUEST_METHOD",
                body > 0 ? "POST" : "GET",
                "CONTENT_LENGTH",
                body > 0 ? "" + body : "",
                "SCRIPT_FILENAME",
                site.resolve("pieces.php").toString(),
                "SCRIPT_NAME",
                "/pieces.php",
                "QUERY_STRING",
                request.query());
    }

    private static InputStream ask(FastCgiStreams connection, int id, boolean keep, Pieces.Request request, int body) {
        try {
            return connection.request(id, keep, params(request, body), new byte[body]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void follow(FastCgiStreams connection, int id, boolean keep, String what) {
        Pieces.Request request = pieces.request(what);
        passes(request.follow(ask(connection, id, keep, request, 0)));
    }

    private static void passes(Outcome outcome) {
        Logs.say("      %s", outcome);
        assertThat(outcome.text()).isEqualTo(Outcome.PASSES);
    }

    @ParameterizedTest
    @EnumSource
    void onAConnectionOfItsOwn(Server server) throws IOException {
        for (String what : List.of(SMALL, LARGE)) {
            try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
                follow(connection, 1, false, what);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onAKeptConnection(Server server) throws IOException {
        try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
            follow(connection, 1, true, SMALL);
            follow(connection, 1, true, LARGE);
            follow(connection, 1, true, SMALL);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PHP_FPM.*", mode = Mode.MATCH_NONE)
    void severalAtOnceOnOneConnection(Server server) throws IOException {
        try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
            List<Future<Outcome>> outcomes = IntStream.rangeClosed(1, PLACES)
                    .mapToObj(id -> {
                        Pieces.Request request = pieces.request(id % 2 == 0 ? SMALL : LARGE);
                        InputStream answer = ask(connection, id, true, request, 0);
                        return BESIDE.start(() -> request.follow(answer));
                    })
                    .toList();
            outcomes.forEach(outcome -> passes(Beside.await(outcome)));
        }
    }

    /** One that waits for its client stops no other, and its own next piece comes when the others are through. */
    @ParameterizedTest
    @EnumSource(names = "PHP_FPM.*", mode = Mode.MATCH_NONE)
    void whileAnotherOnTheSameConnectionWaits(Server server) throws IOException {
        try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
            Pieces.Request waiting = pieces.request("pieces&count=2&bytes=40");
            InputStream answer = ask(connection, 1, true, waiting, 0);
            follow(connection, 2, true, SMALL);
            follow(connection, 3, true, LARGE);
            passes(waiting.follow(answer));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThenWork(Server server) throws IOException {
        for (boolean keep : new boolean[] {false, true}) {
            try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
                Pieces.Request request = pieces.request("answer");
                InputStream answer = ask(connection, 1, keep, request, 0);
                assertThat(bodyOf(answer, 7000)).isEqualTo("answer\n".repeat(1000));
                request.open("has");
                assertThat(request.awaitEither("worked", "late")).isEqualTo("worked");
            }
        }
    }

    /** So much of what follows the head. */
    private static String bodyOf(InputStream answer, int length) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(answer, StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            // the head
        }
        char[] body = new char[length];
        int count = 0;
        for (int read = 0; count < length && read >= 0; read = reader.read(body, count, length - count)) {
            count += read;
        }
        return new String(body, 0, count);
    }

    /** All places are taken while the whole body comes; by a Unix socket it fits into no buffer but Hatter's. */
    @ParameterizedTest
    @EnumSource(names = "PHP_FPM.*", mode = Mode.MATCH_NONE)
    void aBodyThatCameBeforeAWorkerWasFree(Server server) throws IOException {
        for (int body : new int[] {1000, 900_000}) {
            List<Pieces.Request> first = new ArrayList<>();
            List<InputStream> answers = new ArrayList<>();
            try (FastCgiStreams occupying = new FastCgiStreams(server.listen);
                    FastCgiStreams connection = new FastCgiStreams(server.listen)) {
                for (int id = 1; id <= PLACES; id++) {
                    Pieces.Request request = pieces.request("pieces&count=1&bytes=40");
                    first.add(request);
                    answers.add(ask(occupying, id, true, request, 0));
                }
                Pieces.Request request = pieces.request(SMALL);
                InputStream answer = ask(connection, 1, true, request, body);
                for (int i = 0; i < PLACES; i++) {
                    passes(first.get(i).follow(answers.get(i)));
                }
                Outcome outcome = request.follow(answer);
                passes(outcome);
                assertThat(outcome.others()).contains("body " + body);
            }
        }
    }

    /** The client reads nothing until all is full, and then all but the last pieces, which it waits for. */
    @ParameterizedTest
    @EnumSource
    void afterMuchThatWasReadLate(Server server) throws IOException {
        try (FastCgiStreams connection = new FastCgiStreams(server.listen)) {
            Pieces.Request request = pieces.request(MUCH);
            InputStream answer = ask(connection, 1, true, request, 0);
            request.awaitStandstill();
            passes(request.follow(answer));
        }
    }
}
