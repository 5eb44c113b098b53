// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.pool.internal.settings.PmSettings.Kind;
import java.time.Duration;

/** Reads {@code pm} and {@code pm.*}, with php-fpm's cross-checks. */
final class PmParser {
    private static final int DEFAULT_SPAWN_RATE = 32;
    private static final int MAX_SPAWN_RATE = 10_000;
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(10);

    private final Entries entries;
    private final int maxChildren;

    /** @param maxChildren {@code pm.max_children}; 0 when that is missing or bad, which is told elsewhere */
    PmParser(Entries entries, int maxChildren) {
        this.entries = entries;
        this.maxChildren = maxChildren;
    }

    PmSettings parse() {
        Kind kind = entries.value("pm", null, PmParser::kind);
        if (kind == null && !entries.faultsOf("pm")) {
            entries.fault("pm is missing: set it to static, dynamic or ondemand");
        }
        int min = entries.integer("pm.min_spare_servers", 0, 1, SettingsParser.MAX_CHILDREN);
        int max = entries.integer("pm.max_spare_servers", 0, 1, SettingsParser.MAX_CHILDREN);
        int start = entries.integer("pm.start_servers", 0, 1, SettingsParser.MAX_CHILDREN);
        int rate = entries.integer("pm.max_spawn_rate", DEFAULT_SPAWN_RATE, 1, MAX_SPAWN_RATE);
        Duration idle = entries.time("pm.process_idle_timeout", DEFAULT_IDLE_TIMEOUT);
        if (kind == Kind.DYNAMIC && maxChildren > 0) {
            checkSpare(min, max);
            start = checkStart(start, min, max);
        }
        if (kind == Kind.ONDEMAND && idle.isZero()) {
            entries.fault("pm.process_idle_timeout", "0", "must be 1 s or more");
        }
        return new PmSettings(kind, start, min, max, rate, idle);
    }

    private void checkSpare(int min, int max) {
        require("pm.min_spare_servers", min);
        require("pm.max_spare_servers", max);
        if (min > maxChildren) {
            fault("pm.min_spare_servers", min, "must not be above pm.max_children (" + maxChildren + ")");
        }
        if (max > maxChildren) {
            fault("pm.max_spare_servers", max, "must not be above pm.max_children (" + maxChildren + ")");
        }
        if (min > 0 && max > 0 && max < min) {
            fault("pm.max_spare_servers", max, "must not be below pm.min_spare_servers (" + min + ")");
        }
    }

    private void require(String key, int value) {
        if (value == 0 && !entries.faultsOf(key)) {
            entries.fault(key + " is missing: pm = dynamic needs it, 1 or more");
        }
    }

    /** php-fpm's default lies halfway between the two. */
    private int checkStart(int start, int min, int max) {
        if (start == 0) {
            return min + (max - min) / 2;
        }
        if (min > 0 && max >= min && (start < min || start > max)) {
            fault(
                    "pm.start_servers",
                    start,
                    "must lie between pm.min_spare_servers (" + min + ") and pm.max_spare_servers (" + max + ")");
        }
        return start;
    }

    private void fault(String key, int value, String text) {
        entries.fault(key, Integer.toString(value), text);
    }

    private static Kind kind(String text) {
        return switch (text) {
            case "static" -> Kind.STATIC;
            case "dynamic" -> Kind.DYNAMIC;
            case "ondemand" -> Kind.ONDEMAND;
            default -> throw new IllegalArgumentException("must be static, dynamic or ondemand");
        };
    }
}
