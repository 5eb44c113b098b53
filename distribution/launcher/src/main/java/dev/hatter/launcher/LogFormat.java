// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** php-fpm's lines: {@code [23-Nov-2026 11:22:33] NOTICE: text}; at debug with microseconds and the logger's name. */
final class LogFormat extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter FINE_TIME =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss.SSSSSS", Locale.ENGLISH);

    private final ZoneId zone;

    LogFormat() {
        this(ZoneId.systemDefault());
    }

    LogFormat(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String format(LogRecord event) {
        boolean debug = event.getLevel().intValue() < Level.INFO.intValue();
        ZonedDateTime time = event.getInstant().atZone(zone);
        StringBuilder line = new StringBuilder(128);
        line.append('[').append((debug ? FINE_TIME : TIME).format(time)).append("] ");
        line.append(name(event.getLevel())).append(": ");
        if (debug) {
            line.append(event.getLoggerName()).append(": ");
        }
        line.append(formatMessage(event)).append('\n');
        if (event.getThrown() != null) {
            line.append(trace(event.getThrown()));
        }
        return line.toString();
    }

    private static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return value >= Level.INFO.intValue() ? "NOTICE" : "DEBUG";
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
