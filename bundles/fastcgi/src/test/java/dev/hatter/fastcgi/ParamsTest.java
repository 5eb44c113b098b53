// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.fastcgi.ParamsException.Fault;
import dev.hatter.fastcgi.Records.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParamsTest {
    private static final int LIMIT = FastCgi.DEFAULT_MAX_PARAMS_LENGTH;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 126, 127, 128, 129, 255, 256, 65_000})
    void lengthsInBothFormsComeBack(int length) throws Exception {
        String text = "v".repeat(length);
        assertThat(roundTrip(Map.of("NAME", text))).containsExactly("NAME=" + text);
        assertThat(roundTrip(Map.of(text, "value"))).containsExactly(text + "=value");
    }

    @Test
    void orderStays() throws Exception {
        assertThat(roundTrip(someParams())).containsExactlyElementsOf(list(Params.of(someParams())));
    }

    @Test
    void pairsMayBeCutAnywhere() throws Exception {
        ByteBuf block = Params.of(someParams()).retainedBlock();
        for (int cut = 0; cut <= block.readableBytes(); cut++) {
            ParamsReader reader = reader(LIMIT);
            reader.add(block.slice(0, cut), cut);
            int rest = block.readableBytes() - cut;
            reader.add(block.slice(cut, rest), rest);
            Params params = reader.finish();
            assertThat(list(params)).isEqualTo(list(Params.of(someParams())));
            params.release();
        }
    }

    @Test
    void pairsMayComeByteByByte() throws Exception {
        ByteBuf block = Params.of(someParams()).retainedBlock();
        ParamsReader reader = reader(LIMIT);
        while (block.isReadable()) {
            reader.add(block, 1);
        }
        Params params = reader.finish();
        assertThat(list(params)).isEqualTo(list(Params.of(someParams())));
        params.release();
    }

    @Test
    void noParametersAreFine() throws Exception {
        Params params = reader(LIMIT).finish();
        assertThat(params.size()).isZero();
        assertThat(params.get("X")).isNull();
        params.release();
    }

    @Test
    void aLongFormOfAShortLengthIsTaken() throws Exception {
        ByteBuf block = Unpooled.buffer().writeInt(0x80000001).writeInt(0x80000002);
        block.writeBytes("Nab".getBytes(StandardCharsets.UTF_8));
        Params params = read(block);
        assertThat(params.get("N")).isEqualTo("ab");
        params.release();
    }

    @Test
    void theLastOfSeveralCountsAsInPhp() throws Exception {
        Params params = read(pairs("SCRIPT_FILENAME", "/a.php", "X", "1", "SCRIPT_FILENAME", "/b.php"));
        assertThat(params.get("SCRIPT_FILENAME")).isEqualTo("/b.php");
        assertThat(params.getBytes("SCRIPT_FILENAME")).isEqualTo("/b.php".getBytes(StandardCharsets.UTF_8));
        assertThat(params.size()).isEqualTo(3);
        params.release();
    }

    @Test
    void setReplacesEveryOccurrence() throws Exception {
        Params params = read(pairs("S", "/a", "X", "1", "S", "/b", "S", "/c"));
        params.set("S", "/d");
        assertThat(list(params)).containsExactly("S=/d", "X=1");
        params.release();
    }

    @Test
    void removeRemovesEveryOccurrence() throws Exception {
        Params params = read(pairs("S", "/a", "X", "1", "S", "/b"));
        params.remove("S");
        assertThat(list(params)).containsExactly("X=1");
        assertThat(params.get("S")).isNull();
        assertThat(params.length()).isEqualTo(4);
        params.release();
    }

    @Test
    void namesAreTakenAsTheyAre() throws Exception {
        Params params = read(pairs("", "empty", "Ä", "umlaut", "name", "lower", "NAME ", "blank"));
        assertThat(params.get("")).isEqualTo("empty");
        assertThat(params.get("Ä")).isEqualTo("umlaut");
        assertThat(params.get("NAME")).isNull();
        assertThat(params.get("name")).isEqualTo("lower");
        params.set("Ä", "changed");
        assertThat(params.get("Ä")).isEqualTo("changed");
        assertThat(params.size()).isEqualTo(4);
        params.release();
    }

    @Test
    void bytesThatAreNoUtf8Stay() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, 'x'};
        Params params = read(pairs("A", "b"));
        params.set("PATH", bytes);
        assertThat(params.getBytes("PATH")).isEqualTo(bytes);
        params.release();
    }

    @Test
    void aBlockOnItsWayIsNotChanged() throws Exception {
        Params params = read(pairs("A", "b"));
        ByteBuf sent = params.retainedBlock();
        params.set("A", "c".repeat(5000));
        assertThat(sent.toString(StandardCharsets.UTF_8)).isEqualTo("\u0001\u0001Ab");
        assertThat(params.retainedBlock()).isNull();
        assertThat(params.length()).isEqualTo(1 + 4 + 1 + 5000);
        sent.release();
        params.release();
    }

    @Test
    void aPairTooLongForARecordCanNotBeSet() {
        Params params = Params.of(Map.of());
        assertThatThrownBy(() -> params.set("NAME", "v".repeat(65_530)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NAME")
                .hasMessageContaining("65535");
    }

    @Test
    void moreThanTheLimitIsRefusedAsSoonAsItComes() throws Exception {
        ParamsReader reader = reader(100);
        reader.add(Unpooled.wrappedBuffer(new byte[100]), 100);
        assertFault(Fault.TOO_LARGE, "101", () -> reader.add(Unpooled.wrappedBuffer(new byte[1]), 1));
        reader.release();
    }

    @Test
    void aPairTooLongForARecordIsRefused() throws Exception {
        // 1 + 4 bytes of lengths, name and value
        Params longest = read(pairs("N", "v".repeat(65_529)));
        longest.release();
        assertFault(Fault.TOO_LARGE, "65536", () -> read(pairs("N", "v".repeat(65_530))));
    }

    @Test
    void lengthsBeyondTheEndAreMalformed() {
        assertMalformed("05");
        assertMalformed("80");
        assertMalformed("800000");
        assertMalformed("0180");
        assertMalformed("01800000");
        assertMalformed("0101");
        assertMalformed("010141");
        assertMalformed("ffffffff00");
        assertMalformed("ffffffffffffffff");
        assertMalformed("00ffffffff");
        assertMalformed("01014142" + "03");
    }

    private static void assertMalformed(String hex) {
        ByteBuf block = Unpooled.wrappedBuffer(io.netty.buffer.ByteBufUtil.decodeHexDump(hex));
        assertFault(Fault.MALFORMED, "name-value pair", () -> read(block));
    }

    @Test
    void randomBlocksGiveParamsOrAFault() {
        Random random = new Random(42);
        int whole = 0;
        for (int run = 0; run < 5000; run++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 2) {
                bytes[i] = (byte) random.nextInt(4);
            }
            try {
                Params params = read(Unpooled.wrappedBuffer(bytes));
                whole++;
                assertThat(params.length()).isEqualTo(bytes.length);
                list(params);
                params.release();
            } catch (ParamsException e) {
                assertThat(e.fault()).isEqualTo(Fault.MALFORMED);
            }
        }
        assertThat(whole).isBetween(100, 4900);
    }

    @Test
    void noPairSpansTwoRecords() throws Exception {
        Random random = new Random(7);
        for (int run = 0; run < 50; run++) {
            Map<String, String> map = new LinkedHashMap<>();
            for (int i = 0; i < 40; i++) {
                map.put("N" + i, "v".repeat(random.nextInt(run % 2 == 0 ? 3000 : 60_000)));
            }
            Params params = Params.of(map);
            params.set("N3", "changed");
            params.remove("N5");
            assertThat(recordByRecord(params)).isEqualTo(list(params));
        }
    }

    /** Reads each PARAMS record for itself, as php-cgi does. */
    private static List<String> recordByRecord(Params params) throws Exception {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.params(out, 9, params);
        Records records = new Records();
        new RecordDecoder().decode(out, records);
        List<String> all = new ArrayList<>();
        for (Found found : records.found()) {
            assertThat(found.known()).isEqualTo(RecordType.PARAMS);
            Params part = read(Unpooled.wrappedBuffer(found.content()));
            all.addAll(list(part));
            part.release();
        }
        assertThat(records.found().get(records.found().size() - 1).content()).isEmpty();
        return all;
    }

    private static Map<String, String> someParams() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("QUERY_STRING", "");
        map.put("SCRIPT_FILENAME", "/srv/ä.php");
        map.put("HTTP_COOKIE", "c".repeat(130));
        map.put("REQUEST_METHOD", "GET");
        return map;
    }

    private static List<String> roundTrip(Map<String, String> map) throws Exception {
        Params params = read(Params.of(map).retainedBlock());
        map.forEach((name, value) -> assertThat(params.get(name)).isEqualTo(value));
        List<String> list = list(params);
        params.release();
        return list;
    }

    private static ByteBuf pairs(String... namesAndValues) {
        ByteBuf block = Unpooled.buffer();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            RecordEncoder.pair(block, namesAndValues[i], namesAndValues[i + 1]);
        }
        return block;
    }

    private static Params read(ByteBuf block) throws ParamsException {
        ParamsReader reader = reader(LIMIT);
        if (block.isReadable()) {
            reader.add(block, block.readableBytes());
        }
        return reader.finish();
    }

    private static ParamsReader reader(int limit) {
        return new ParamsReader(PooledByteBufAllocator.DEFAULT, limit);
    }

    private static List<String> list(Params params) {
        List<String> list = new ArrayList<>();
        params.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }

    private interface Reading {
        void run() throws ParamsException;
    }

    private static void assertFault(Fault fault, String message, Reading reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(ParamsException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((ParamsException) e).fault())
                .isEqualTo(fault);
    }
}
