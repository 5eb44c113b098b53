// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
    @Test
    void readsBothLengthForms() throws ProtocolException {
        byte[] bytes = HexFormat.of().parseHex("0102" + "41" + "6263" + "80000001" + "00" + "44");
        assertThat(Pairs.decode(bytes)).isEqualTo(Map.of("A", "bc", "D", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 70_000})
    void writesWhatItReads(int length) throws ProtocolException {
        Map<String, String> pairs = Map.of("N\u00e4me", "v".repeat(length));
        assertThat(Pairs.decode(Pairs.encode(pairs))).isEqualTo(pairs);
    }

    @Test
    void writesTheLongFormFrom128() {
        assertThat(Pairs.encode(Map.of("n", "v".repeat(128)))).startsWith(1, 0x80, 0, 0, 128, 'n');
        assertThat(Pairs.encode(Map.of("n", "v"))).isEqualTo("\1\1nv".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "0101", "010141", "80", "800000", "ffffffffffffffff41", "7fffffff"})
    void refusesWhatIsCutShort(String hex) {
        assertThatThrownBy(() -> Pairs.decode(HexFormat.of().parseHex(hex))).isInstanceOf(ProtocolException.class);
    }
}
