// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.fastcgi.Records.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the encoder writes, the decoder reads: whole, byte by byte, and cut anywhere. */
class RecordCodecTest {
    private final Records records = new Records();

    @Test
    void everyRecordComesBack() throws Exception {
        new RecordDecoder().decode(conversation(), records);
        assertConversation(records.found());
    }

    @Test
    void everyRecordComesBackByteByByte() throws Exception {
        RecordDecoder decoder = new RecordDecoder();
        ByteBuf in = conversation();
        while (in.isReadable()) {
            decoder.decode(in.readSlice(1), records);
        }
        assertConversation(records.found());
        assertThat(decoder.isAtBoundary()).isTrue();
    }

    static IntStream cuts() {
        return IntStream.range(1, conversation().readableBytes());
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void everyRecordComesBackCutAt(int cut) throws Exception {
        RecordDecoder decoder = new RecordDecoder();
        ByteBuf in = conversation();
        decoder.decode(in.readSlice(cut), records);
        decoder.decode(in, records);
        assertConversation(records.found());
    }

    @Test
    void boundariesAreKnownAtEveryByte() throws Exception {
        ByteBuf in = Unpooled.buffer();
        RecordEncoder.stream(in, RecordType.STDIN, 1, Unpooled.wrappedBuffer(new byte[3]));
        assertThat(in.readableBytes()).isEqualTo(16);
        RecordDecoder decoder = new RecordDecoder();
        for (int i = 0; i < 15; i++) {
            decoder.decode(in.readSlice(1), records);
            assertThat(decoder.isAtBoundary()).as("after byte %d", i).isFalse();
        }
        decoder.decode(in, records);
        assertThat(decoder.isAtBoundary()).isTrue();
    }

    @Test
    void contentIsHandedOutBeforeTheRecordIsComplete() throws Exception {
        ByteBuf in = Unpooled.buffer();
        RecordEncoder.stream(in, RecordType.STDIN, 1, Unpooled.wrappedBuffer(new byte[60_000]));
        new RecordDecoder().decode(in.readSlice(1000), records);
        assertThat(records.pieces()).isEqualTo(1);
        assertThat(records.found()).isEmpty();
    }

    @Test
    void aStreamIsCutIntoRecordsOfAlignedLength() throws Exception {
        byte[] content = new byte[200_001];
        new Random(1).nextBytes(content);
        ByteBuf in = Unpooled.buffer();
        RecordEncoder.stream(in, RecordType.STDOUT, 65_535, Unpooled.wrappedBuffer(content));
        assertThat(in.readableBytes() % 8).isZero();
        new RecordDecoder().decode(in, records);
        assertThat(records.found()).hasSize(4).allMatch(r -> r.id() == 65_535 && r.known() == RecordType.STDOUT);
        ByteBuf joined = Unpooled.buffer();
        records.found().forEach(r -> joined.writeBytes(r.content()));
        assertThat(ByteBufUtil.getBytes(joined)).isEqualTo(content);
    }

    @Test
    void theLongestPaddingIsSkipped() throws Exception {
        ByteBuf in = Unpooled.buffer();
        RecordEncoder.header(in, RecordType.STDIN, 7, 65_535, 255);
        in.writeZero(65_535).writeBytes(new byte[255]);
        RecordEncoder.abortRequest(in, 7);
        new RecordDecoder().decode(in, records);
        assertThat(records.found())
                .extracting(Found::known)
                .containsExactly(RecordType.STDIN, RecordType.ABORT_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 72, 255})
    void anotherVersionIsRefusedAtTheFirstByte(int version) {
        ByteBuf first = Unpooled.buffer().writeByte(version);
        assertThatThrownBy(() -> new RecordDecoder().decode(first, records))
                .isInstanceOf(FastCgiException.class)
                .hasMessageContaining("version " + version);
        ByteBuf whole = Unpooled.buffer().writeByte(version).writeZero(7);
        assertThatThrownBy(() -> new RecordDecoder().decode(whole, records)).isInstanceOf(FastCgiException.class);
    }

    @Test
    void randomBytesGiveRecordsOrAnException() {
        Random random = new Random(20_261_123);
        for (int run = 0; run < 2000; run++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 8) {
                bytes[i] = (byte) (random.nextInt(20) == 0 ? 0 : 1);
            }
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            try {
                new RecordDecoder().decode(in, new Records());
                assertThat(in.isReadable()).isFalse();
            } catch (FastCgiException e) {
                assertThat(e).hasMessageContaining("version");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aBeginRequestKeepsItsFields(Role role) throws Exception {
        for (boolean keep : new boolean[] {true, false}) {
            ByteBuf out = Unpooled.buffer();
            RecordEncoder.beginRequest(out, 513, role, keep);
            FixedBody body = new FixedBody();
            body.add(Unpooled.wrappedBuffer(new byte[8]), 8);
            for (int i = 8; i < 16; i++) {
                body.add(out.slice(i, 1), 1);
            }
            assertThat(Role.of(body.role())).isEqualTo(role);
            assertThat(body.keepConnection()).isEqualTo(keep);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anEndRequestKeepsItsFields(int appStatus) {
        for (ProtocolStatus status : ProtocolStatus.values()) {
            ByteBuf out = Unpooled.buffer();
            RecordEncoder.endRequest(out, 1, appStatus, status);
            FixedBody body = new FixedBody();
            body.add(out.skipBytes(8), 8);
            assertThat(body.appStatus()).isEqualTo(appStatus);
            assertThat(ProtocolStatus.of(body.protocolStatus())).isEqualTo(status);
        }
    }

    @Test
    void theBytesAreThoseOfTheSpecification() {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.beginRequest(out, 0x0102, Role.FILTER, true);
        RecordEncoder.endRequest(out, 1, 0x01020304, ProtocolStatus.OVERLOADED);
        RecordEncoder.unknownType(out, 200);
        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo("0101010200080000" + "0003010000000000" + "0103000100080000" + "0102030402000000"
                        + "010b000000080000" + "c800000000000000");
    }

    private static ByteBuf conversation() {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.getValues(out, List.of(FastCgi.MAX_CONNS));
        RecordEncoder.beginRequest(out, 1, Role.RESPONDER, true);
        RecordEncoder.params(out, 1, Params.of(Map.of("A", "b")));
        RecordEncoder.stream(out, RecordType.STDIN, 1, Unpooled.copiedBuffer(new byte[] {1, 2, 3}));
        RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
        RecordEncoder.endRequest(out, 1, 5, ProtocolStatus.REQUEST_COMPLETE);
        RecordEncoder.unknownType(out, 99);
        RecordEncoder.getValuesResult(out, Map.of("X", "y"));
        return out;
    }

    private static void assertConversation(List<Found> found) {
        assertThat(found)
                .extracting(Found::known)
                .containsExactly(
                        RecordType.GET_VALUES,
                        RecordType.BEGIN_REQUEST,
                        RecordType.PARAMS,
                        RecordType.PARAMS,
                        RecordType.STDIN,
                        RecordType.STDIN,
                        RecordType.END_REQUEST,
                        RecordType.UNKNOWN_TYPE,
                        RecordType.GET_VALUES_RESULT);
        List<String> contents = new ArrayList<>();
        found.forEach(r -> contents.add(ByteBufUtil.hexDump(r.content())));
        assertThat(contents)
                .containsExactly(
                        "0e00"
                                + ByteBufUtil.hexDump(
                                        FastCgi.MAX_CONNS.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                        "0001010000000000",
                        "01014162",
                        "",
                        "010203",
                        "",
                        "0000000500000000",
                        "6300000000000000",
                        "01015879");
    }
}
