// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private final LogFormat format = new LogFormat(ZoneOffset.UTC);

    @Test
    void writesPhpFpmsLines() {
        assertThat(format.format(event(Level.INFO, "[pool www] child 7 started")))
                .isEqualTo("[23-Nov-2026 11:22:33] NOTICE: [pool www] child 7 started\n");
        assertThat(format.format(event(Level.SEVERE, "x"))).contains("] ERROR: x\n");
        assertThat(format.format(event(Level.WARNING, "x"))).contains("] WARNING: x\n");
    }

    @Test
    void addsMicrosecondsAndLoggerAtDebug() {
        assertThat(format.format(event(Level.FINE, "x"))).isEqualTo("[23-Nov-2026 11:22:33.123456] DEBUG: a.b: x\n");
    }

    @Test
    void writesSmallNumbersWithZeros() {
        LogRecord event = event(Level.FINE, "x");
        event.setInstant(Instant.parse("2027-01-02T03:04:05.000006Z"));
        assertThat(format.format(event)).startsWith("[02-Jan-2027 03:04:05.000006] ");
    }

    @Test
    void appendsAnExceptionsTrace() {
        LogRecord event = event(Level.SEVERE, "x");
        event.setThrown(new IllegalStateException("no"));
        assertThat(format.format(event)).contains("ERROR: x\njava.lang.IllegalStateException: no\n\tat ");
    }

    private static LogRecord event(Level level, String text) {
        LogRecord event = new LogRecord(level, text);
        event.setLoggerName("a.b");
        event.setInstant(Instant.parse("2026-11-23T11:22:33.123456789Z"));
        return event;
    }
}
