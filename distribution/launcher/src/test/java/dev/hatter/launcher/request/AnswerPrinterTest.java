// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerPrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "'Status: 404 Not Found|X: y||body', 404",
        "'X: y|status:500||body', 500",
        "'Content-Type: text/plain||body', 200",
        "'Location: /x||body', 302"
    })
    void readsTheStatus(String answer, int status) throws IOException {
        for (String lineEnd : new String[] {"\r\n", "\n"}) {
            out.reset();
            AnswerPrinter printer = printer(false);
            printer.stdout(bytes(answer.replace("|", lineEnd)));
            assertThat(printer.finish()).isEqualTo(status);
            assertThat(out).hasToString("body");
        }
    }

    @Test
    void takesAnAnswerByteByByte() throws IOException {
        AnswerPrinter printer = printer(true);
        for (byte b : bytes("A: b\r\n\r\n\r\nbody\n")) {
            printer.stdout(new byte[] {b});
        }
        printer.stderr(bytes("warning"));
        assertThat(printer.finish()).isEqualTo(200);
        assertThat(out).hasToString("A: b\r\n\r\n\r\nbody\n");
        assertThat(err).hasToString("warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "no head"})
    void refusesAnAnswerWithoutAHead(String answer) throws IOException {
        AnswerPrinter printer = printer(false);
        printer.stdout(bytes(answer));
        assertThatThrownBy(printer::finish).isInstanceOf(ProtocolException.class);
    }

    private AnswerPrinter printer(boolean showHead) {
        return new AnswerPrinter(out, new PrintStream(err, true, StandardCharsets.UTF_8), showHead);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
