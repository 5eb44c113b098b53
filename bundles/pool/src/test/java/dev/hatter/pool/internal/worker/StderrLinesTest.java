// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StderrLinesTest {
    private final List<String> log = new ArrayList<>();
    private boolean caught = true;
    private long now = Long.MAX_VALUE - 10;
    private final StderrLines lines = new StderrLines(() -> caught, () -> now, log::add);

    private void add(String text) {
        var content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
        lines.add(content);
        assertThat(content.toString(StandardCharsets.UTF_8))
                .as("left as it was")
                .isEqualTo(text);
    }

    @Test
    void linesComeWholeHoweverTheyWereSent() {
        add("PHP mess");
        add("age: ü\nsecond\r\n\nthi");
        assertThat(log).containsExactly("PHP message: ü", "second");
        add("rd");
        lines.end();
        assertThat(log).containsExactly("PHP message: ü", "second", "third");
        lines.end();
        assertThat(log).hasSize(3);
    }

    @Test
    void nothingCanPassForALineOfTheLog() {
        add("a\rb\u0085c\u2028d\u202Ee\u001B[31mf\tg\n");
        assertThat(log).containsExactly("a?b?c?d?e?[31mf\tg");
    }

    @Test
    void aLongLineComesInPieces() {
        add("x".repeat(StderrLines.MAX_LENGTH + 1) + "\n");
        assertThat(log).containsExactly("x".repeat(StderrLines.MAX_LENGTH), "x");
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted() {
        add("line\n".repeat(StderrLines.MAX_LINES + 7));
        assertThat(log).hasSize(StderrLines.MAX_LINES);
        now += 1_000_000_000L; // wraps, as nanoTime may
        add("later\n");
        assertThat(log.subList(StderrLines.MAX_LINES, log.size())).containsExactly("... and 7 lines more", "later");
        add("line\n".repeat(StderrLines.MAX_LINES));
        lines.end();
        assertThat(log).last().isEqualTo("... and 1 lines more");
    }

    @Test
    void nothingIsKeptWithoutTheFlag() {
        caught = false;
        add("secret");
        caught = true;
        add("line\n");
        assertThat(log).containsExactly("line");
    }
}
