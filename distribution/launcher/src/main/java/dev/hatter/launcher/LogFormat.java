// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * php-fpm's lines: {@code [23-Nov-2026 11:22:33] NOTICE: text}; at debug with microseconds and the logger's name. Without
 * DateTimeFormatter, whose locale data would be the slowest single step of a start.
 */
final class LogFormat extends Formatter {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

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
        StringBuilder line = new StringBuilder(128);
        line.append('[');
        appendTime(line, event.getInstant().atZone(zone), debug);
        line.append("] ");
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

    private static void appendTime(StringBuilder line, ZonedDateTime time, boolean micros) {
        appendDigits(line, time.getDayOfMonth(), 2);
        line.append('-').append(MONTHS.get(time.getMonthValue() - 1)).append('-');
        appendDigits(line, time.getYear(), 4);
        appendDigits(line.append(' '), time.getHour(), 2);
        appendDigits(line.append(':'), time.getMinute(), 2);
        appendDigits(line.append(':'), time.getSecond(), 2);
        if (micros) {
            appendDigits(line.append('.'), time.getNano() / 1000, 6);
        }
    }

    private static void appendDigits(StringBuilder line, int value, int digits) {
        String text = Integer.toString(value);
        line.append("0".repeat(Math.max(0, digits - text.length()))).append(text);
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
