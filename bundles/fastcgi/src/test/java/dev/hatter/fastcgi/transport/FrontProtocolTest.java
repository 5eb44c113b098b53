// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Records.Found;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the door answers to what, also to what nobody should send. */
class FrontProtocolTest {
    private static final String BEGIN_1_KEEP = "0101000100080000 0001010000000000";
    private static final String NO_PARAMS_1 = "0104000100000000";
    private static final String STDIN_END_1 = "0105000100000000";
    private static final String ANSWER_1 = "0106000100000000 0103000100080000 0000000000000000".replace(" ", "");

    @ParameterizedTest
    @EnumSource
    void keptConnectionsServeOneRequestAfterTheOther(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new);
                RawClient client = door.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.request(1, true, Map.of("PREFIX", "<"), "body " + i)
                                .page(1))
                        .isEqualTo("<body " + i);
            }
            assertThat(door.door.connections()).isEqualTo(1);
            assertThat(client.request(1, false, Map.of(), "last").page(1)).isEqualTo("last");
            assertThat(client.next()).isNull();
            assertThat(door.door.acceptedConnections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsInterleaveOnOneConnection(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new);
                RawClient client = door.connect()) {
            for (int id = 1; id <= 40; id++) {
                client.begin(id, Role.RESPONDER, id != 7);
            }
            for (int id = 40; id >= 1; id--) {
                client.params(id, Map.of("PREFIX", id + ":")).body(RecordType.STDIN, id, "first,");
            }
            for (int id = 1; id <= 40; id++) {
                client.body(RecordType.STDIN, id, "second").bodyEnd(RecordType.STDIN, id);
            }
            List<Found> answer = client.answer(40);
            for (int id = 1; id <= 40; id++) {
                assertThat(RawClient.text(answer, RecordType.STDOUT, id)).isEqualTo(id + ":first,second");
            }
            // one of them was without FCGI_KEEP_CONN
            assertThat(client.next()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyByteMayComeAlone(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new);
                RawClient client = door.connect()) {
            String request = BEGIN_1_KEEP + NO_PARAMS_1 + "0105000100030500 6162630000000000" + STDIN_END_1;
            for (byte b : ByteBufUtil.decodeHexDump(request.replace(" ", ""))) {
                client.send(Unpooled.wrappedBuffer(new byte[] {b}));
            }
            assertThat(client.page(1)).isEqualTo("abc");
        }
    }

    @Test
    void aFilterGetsBothStreams() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new);
                RawClient client = door.connect()) {
            client.begin(1, Role.FILTER, true).params(1, Map.of("FCGI_DATA_LENGTH", "4"));
            client.body(RecordType.STDIN, 1, "form,").bodyEnd(RecordType.STDIN, 1);
            client.body(RecordType.DATA, 1, "file").bodyEnd(RecordType.DATA, 1);
            assertThat(client.page(1)).isEqualTo("form,file");
        }
    }

    @Test
    void anAuthorizerAnswersWithoutABody() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new);
                RawClient client = door.connect()) {
            client.begin(1, Role.AUTHORIZER, true).params(1, Map.of("PREFIX", "Status: 200 OK"));
            assertThat(client.page(1)).isEqualTo("Status: 200 OK");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAbortIsAnsweredWithAnEnd(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new);
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, true).params(1, Map.of()).abort(1);
            assertThat(client.answer(1)).last().extracting(Found::content).isEqualTo(new byte[] {0, 0, 0, 1, 0, 0, 0, 0
            });
            client.begin(2, Role.RESPONDER, true).abort(2);
            assertThat(client.answer(2)).last().extracting(Found::content).isEqualTo(new byte[] {0, 0, 0, 1, 0, 0, 0, 0
            });
            // late records of requests that are over
            client.body(RecordType.STDIN, 1, "late")
                    .bodyEnd(RecordType.STDIN, 1)
                    .params(2, Map.of("A", "b"))
                    .abort(2);
            assertThat(client.request(1, true, Map.of(), "next").page(1)).isEqualTo("next");
        }
    }

    /** Jetty's client takes an empty STDERR record for the end of the request. */
    @Test
    void stderrIsNotEndedApart() throws Exception {
        RequestHandler noisy = request -> {
            request.stderr(Unpooled.copiedBuffer("a warning\n", StandardCharsets.UTF_8));
            return new Echo(request);
        };
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, noisy);
                RawClient client = door.connect()) {
            List<Found> answer = client.request(1, true, Map.of(), "page").answer(1);
            assertThat(RawClient.text(answer, RecordType.STDERR, 1)).isEqualTo("a warning\n");
            assertThat(answer)
                    .filteredOn(record -> record.known() == RecordType.STDERR)
                    .allMatch(record -> record.content().length > 0);
            assertThat(answer).last().extracting(Found::known).isEqualTo(RecordType.END_REQUEST);
        }
    }

    @Test
    void valuesAreTold() throws Exception {
        FrontLimits limits = new FrontLimits(17, 5, 1000, 10_000);
        try (TestDoor door =
                        new TestDoor(Sockets.EPOLL_V4, FrontSettings.defaults().withLimits(limits), Echo::new);
                RawClient client = door.connect()) {
            ByteBuf ask = Unpooled.buffer();
            dev.hatter.fastcgi.RecordEncoder.getValues(
                    ask, List.of("FCGI_MPXS_CONNS", "FCGI_MAX_CONNS", "FCGI_NOBODY_KNOWS", "FCGI_MAX_REQS"));
            Found answer = client.send(ask).next();
            assertThat(answer.known()).isEqualTo(RecordType.GET_VALUES_RESULT);
            assertThat(answer.id()).isZero();
            assertThat(answer.text())
                    .isEqualTo("\u000f\u0001FCGI_MPXS_CONNS1\u000e\u0002FCGI_MAX_CONNS17\r\u0001FCGI_MAX_REQS5");
        }
    }

    static Stream<Arguments> answered() {
        String begin = "01010001000800000001010000000000";
        return Stream.of(
                Arguments.of("unknown management type", "010c000000020000 abcd", "010b000000080000 0c00000000000000"),
                Arguments.of("type 0", "0100000000000000", "010b000000080000 0000000000000000"),
                Arguments.of("type 255", "01ff000000000000", "010b000000080000 ff00000000000000"),
                Arguments.of("no values asked", "0109000000000000", "010a000000000000"),
                Arguments.of(
                        "unknown role, kept", "0101000500080000 0004010000000000", "0103000500080000 0000000003000000"),
                Arguments.of("role 0", "0101000500080000 0000010000000000", "0103000500080000 0000000003000000"),
                Arguments.of("late records", "0105000900010000 61" + begin + NO_PARAMS_1 + STDIN_END_1, ANSWER_1),
                Arguments.of("late abort", "0102000900000000" + begin + NO_PARAMS_1 + STDIN_END_1, ANSWER_1),
                Arguments.of("params ended twice", begin + NO_PARAMS_1 + NO_PARAMS_1 + STDIN_END_1, ANSWER_1),
                Arguments.of(
                        "abort with content and padding",
                        begin + "0102000100010100 6100",
                        "0106000100000000 0103000100080000 0000000100000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answered")
    void isAnswered(String what, String sent, String expected) throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new);
                RawClient client = door.connect()) {
            byte[] bytes = ByteBufUtil.decodeHexDump(expected.replace(" ", ""));
            client.hex(sent);
            java.nio.ByteBuffer answer = java.nio.ByteBuffer.allocate(bytes.length);
            while (answer.hasRemaining() && client.channel().read(answer) >= 0) {
                continue;
            }
            assertThat(ByteBufUtil.hexDump(answer.array())).isEqualTo(ByteBufUtil.hexDump(bytes));
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of("version 0", "00"),
                Arguments.of("version 2", "0201000100080000"),
                Arguments.of(
                        "HTTP",
                        ByteBufUtil.hexDump("GET / HTTP/1.1".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                Arguments.of("BEGIN_REQUEST with id 0", "0101000000080000"),
                Arguments.of("BEGIN_REQUEST too short", "0101000100070000"),
                Arguments.of("BEGIN_REQUEST empty", "0101000100000000"),
                Arguments.of("BEGIN_REQUEST too long", "0101000100090000"),
                Arguments.of("BEGIN_REQUEST for an id in use", BEGIN_1_KEEP + BEGIN_1_KEEP),
                Arguments.of("ABORT_REQUEST with id 0", "0102000000000000"),
                Arguments.of("PARAMS with id 0", "0104000000000000"),
                Arguments.of("STDIN with id 0", "0105000000000000"),
                Arguments.of("DATA with id 0", "0108000000000000"),
                Arguments.of("END_REQUEST", "0103000100080000"),
                Arguments.of("STDOUT", "0106000100010000"),
                Arguments.of("STDERR", "0107000100010000"),
                Arguments.of("GET_VALUES with an id", "0109000100000000"),
                Arguments.of("GET_VALUES too long", "0109000010010000"),
                Arguments.of("GET_VALUES malformed", "0109000000010000 05"),
                Arguments.of("GET_VALUES_RESULT", "010a000000000000"),
                Arguments.of("UNKNOWN_TYPE", "010b000000080000"),
                Arguments.of("unknown type with an id", "010c000100000000"),
                Arguments.of("PARAMS after their end", BEGIN_1_KEEP + NO_PARAMS_1 + "0104000100010000 00"),
                Arguments.of("STDIN before the end of PARAMS", BEGIN_1_KEEP + "0105000100010000 61"),
                Arguments.of("DATA for a Responder", BEGIN_1_KEEP + NO_PARAMS_1 + "0108000100010000 61"),
                Arguments.of(
                        "STDIN after its end",
                        "0101000100080000 0003010000000000" + NO_PARAMS_1 + STDIN_END_1 + "0105000100010000 61"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("violations")
    void endsTheConnectionAndNothingElse(String what, String sent) throws Exception {
        for (Sockets sockets : new Sockets[] {Sockets.EPOLL_UNIX, Sockets.NIO_V4}) {
            try (TestDoor door = new TestDoor(sockets, Echo::new);
                    RawClient client = door.connect();
                    RawClient other = door.connect()) {
                assertThat(client.hex(sent).isClosedByPeer()).isTrue();
                assertThat(other.request(1, true, Map.of(), "alive").page(1)).isEqualTo("alive");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooManyParametersAreAnsweredWith431(Sockets sockets) throws Exception {
        FrontLimits limits = new FrontLimits(10, 10, 2000, 100_000);
        try (TestDoor door = new TestDoor(sockets, FrontSettings.defaults().withLimits(limits), Echo::new);
                RawClient client = door.connect()) {
            Map<String, String> large = Map.of("HTTP_COOKIE", "c".repeat(2000));
            assertThat(client.request(1, true, large, "b").page(1))
                    .startsWith("Status: 431 Request Header Fields Too Large\r\n");
            assertThat(client.request(2, true, Map.of(), "still here").page(2)).isEqualTo("still here");
            client.begin(3, Role.RESPONDER, false).params(3, large);
            assertThat(client.page(3)).startsWith("Status: 431 ");
            // what the client still sends must not cost it the answer, nor the door its patience
            client.body(RecordType.STDIN, 3, "x".repeat(30_000));
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void malformedParametersAreAnsweredWith400() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, Echo::new);
                RawClient client = door.connect()) {
            client.hex(BEGIN_1_KEEP + "0104000100030000 050541" + NO_PARAMS_1 + STDIN_END_1);
            assertThat(client.page(1)).startsWith("Status: 400 Bad Request\r\n");
            assertThat(client.request(1, true, Map.of(), "next").page(1)).isEqualTo("next");
        }
    }

    @Test
    void aPairTooLongForARecordIsAnsweredWith431() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, Echo::new);
                RawClient client = door.connect()) {
            ByteBuf pair = Unpooled.buffer();
            dev.hatter.fastcgi.RecordEncoder.pair(pair, "HTTP_X", "v".repeat(70_000));
            ByteBuf out = Unpooled.buffer();
            dev.hatter.fastcgi.RecordEncoder.stream(out, RecordType.PARAMS, 1, pair);
            client.begin(1, Role.RESPONDER, true).send(out).hex(NO_PARAMS_1);
            assertThat(client.page(1)).startsWith("Status: 431 ");
        }
    }

    @Test
    void tooManyRequestsAtOnceGet503() throws Exception {
        FrontLimits limits = new FrontLimits(10, 2, 2000, 3000);
        try (TestDoor door =
                        new TestDoor(Sockets.EPOLL_V4, FrontSettings.defaults().withLimits(limits), Echo::new);
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, true).params(1, Map.of("A", "a".repeat(1900)));
            client.begin(2, Role.RESPONDER, true).begin(3, Role.RESPONDER, true);
            assertThat(client.page(3)).startsWith("Status: 503 ");
            client.params(2, Map.of("A", "a".repeat(1900)));
            assertThat(client.page(2)).startsWith("Status: 503 ");
            assertThat(client.bodyEnd(RecordType.STDIN, 1).page(1)).isEmpty();
            // what the ended ones held is free again
            assertThat(client.request(2, true, Map.of("A", "a".repeat(1900)), "ok")
                            .page(2))
                    .isEqualTo("ok");
        }
    }

    @Test
    void tooManyRequestsAtOnceAreGivenUpWhereThatIsAskedFor() throws Exception {
        FrontSettings settings = FrontSettings.defaults()
                .withLimits(new FrontLimits(10, 1, 2000, 3000))
                .withClosesRefused(true);
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, settings, Echo::new);
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, true).params(1, Map.of());
            client.begin(2, Role.RESPONDER, true);
            assertThat(client.next()).satisfies(reason -> {
                assertThat(reason.known()).isEqualTo(RecordType.STDERR);
                assertThat(reason.id()).isEqualTo(2);
            });
            assertThat(client.bodyEnd(RecordType.STDIN, 1).page(1)).isEmpty();
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void manyAnswersThatNobodyTakesStopTheReading() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new);
                RawClient client = door.connect()) {
            client.channel().configureBlocking(false);
            ByteBuf unknown = Unpooled.buffer();
            for (int i = 0; i < 8000; i++) {
                unknown.writeLong(0x010c000000000000L);
            }
            // far more than sockets hold; only a door that stops reading makes the writes stop
            int written = 0;
            int last;
            int stuck = 0;
            while (stuck < 1000 && written < 64_000_000) {
                last = client.channel().write(unknown.nioBuffer(written % 8, 64_000 - written % 8));
                written += last;
                stuck = last == 0 ? stuck + 1 : 0;
                Thread.onSpinWait();
                door.loop.submit(() -> {}).get();
            }
            assertThat(written).isLessThan(8_000_000);
        }
    }

    @Test
    void randomRecordsNeverHurtAnotherConnection() throws Exception {
        Random random = new Random(1123);
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new);
                RawClient other = door.connect()) {
            for (int run = 0; run < 400; run++) {
                try (RawClient client = door.connect()) {
                    client.send(randomRecords(random));
                    client.shutdownOutput();
                    drain(client);
                }
            }
            assertThat(other.request(1, true, Map.of(), "alive").page(1)).isEqualTo("alive");
        }
    }

    private static ByteBuf randomRecords(Random random) {
        ByteBuf out = Unpooled.buffer();
        for (int i = random.nextInt(12); i >= 0; i--) {
            int length = random.nextInt(3) == 0 ? 8 : random.nextInt(20);
            int type = random.nextInt(4) == 0 ? random.nextInt(14) : new int[] {1, 4, 5}[random.nextInt(3)];
            out.writeByte(random.nextInt(40) == 0 ? 2 : 1).writeByte(type);
            out.writeShort(random.nextInt(3)).writeShort(length);
            out.writeByte(random.nextInt(4)).writeByte(0);
            byte[] content = new byte[length + out.getByte(out.writerIndex() - 2)];
            random.nextBytes(content);
            if (type == 1 && length == 8) {
                content[0] = 0;
                content[1] = (byte) random.nextInt(5);
            }
            out.writeBytes(content);
        }
        return out;
    }

    private static void drain(RawClient client) {
        assertThat(client.isDrained()).isTrue();
    }
}
