// SPDX-License-Identifier: Apache-2.0
package dev.hatter.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;

class ForwarderTest {
    private final List<LogRecord> records = new ArrayList<>();
    private final Logger logger = Logger.getLogger("some.logger");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            records.add(event);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        logger.removeHandler(handler);
    }

    @ParameterizedTest
    @CsvSource({"ERROR,SEVERE", "WARN,WARNING", "AUDIT,FINE", "INFO,FINE", "DEBUG,FINE", "TRACE,FINEST"})
    void mapsLevels(LogLevel level, String expected) {
        new Forwarder().logged(entry(level, null));
        assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.parse(expected));
    }

    @Test
    void keepsMessageBundleAndException() {
        Exception cause = new IllegalStateException("no");
        new Forwarder().logged(entry(LogLevel.ERROR, cause));
        assertThat(records.get(0).getMessage()).isEqualTo("[bundle a.bundle] {} failed");
        assertThat(records.get(0).getThrown()).isSameAs(cause);
    }

    private static LogEntry entry(LogLevel level, Throwable cause) {
        Bundle bundle = answering(Bundle.class, Map.of("getSymbolicName", "a.bundle"));
        Map<String, Object> values = new HashMap<>(Map.of(
                "getLoggerName", "some.logger", "getLogLevel", level, "getMessage", "{} failed", "getBundle", bundle));
        values.put("getException", cause);
        return answering(LogEntry.class, values);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> values.get(method.getName())));
    }
}
