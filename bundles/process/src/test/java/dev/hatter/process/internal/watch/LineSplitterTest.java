// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes to lines. */
class LineSplitterTest {
    private final List<String> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add);

    private void accept(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        splitter.accept(bytes, bytes.length);
    }

    @Test
    void linesMayComeByteByByte() {
        for (byte each : "one\ntwö\r\n\nthree".getBytes(StandardCharsets.UTF_8)) {
            splitter.accept(new byte[] {each}, 1);
        }
        splitter.finish();
        assertThat(lines).containsExactly("one", "twö", "", "three");
    }

    @Test
    void whatWasReadBeforeIsNotReadAgain() {
        splitter.accept("new\nold\n".getBytes(StandardCharsets.UTF_8), 4);
        assertThat(lines).containsExactly("new");
    }

    @Test
    void aLineOfTheLimitIsOneLine() {
        accept("x".repeat(1024) + "\n");
        assertThat(lines).containsExactly("x".repeat(1024));
    }

    @Test
    void aLineOverTheLimitComesInPiecesThatMakeItUp() {
        accept("x".repeat(1025) + "\ny\n");
        assertThat(lines).containsExactly("x".repeat(1024), "x", "y");
    }

    @Test
    void noCharacterIsTorn() {
        for (String character : List.of("é", "€", "🎩")) {
            for (int shift = 0; shift < 4; shift++) {
                lines.clear();
                String text = "x".repeat(shift) + character.repeat(2000);
                accept(text + "\n");
                assertThat(String.join("", lines)).isEqualTo(text);
                assertThat(lines).hasSizeGreaterThan(3);
            }
        }
    }

    @Test
    void rubbishComesInPiecesToo() {
        byte[] rubbish = new byte[5000];
        java.util.Arrays.fill(rubbish, (byte) 0x80);
        splitter.accept(rubbish, rubbish.length);
        splitter.finish();
        assertThat(String.join("", lines)).isEqualTo("\ufffd".repeat(5000));
        assertThat(lines).hasSize(5);
    }

    @Test
    void linesAreCounted() {
        assertThat(splitter.accept("a\nb\nc".getBytes(StandardCharsets.UTF_8), 5))
                .isEqualTo(2);
        byte[] zeros = new byte[2048];
        assertThat(splitter.accept(zeros, zeros.length)).isEqualTo(2);
    }

    @Test
    void nothingThatChangesATerminalOrTheDirectionOfTextIsLeft() {
        accept("a\u001b[1m\u0007\u009b\u202e\u2066\u2028\u007f\tz\n");
        assertThat(lines).containsExactly("a\ufffd[1m" + "\ufffd".repeat(6) + "\tz");
    }
}
