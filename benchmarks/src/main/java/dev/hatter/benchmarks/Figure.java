// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.EnumSet;
import java.util.List;

/** What is measured. */
enum Figure {
    REQUESTS("req/s", 0),
    MEGABYTES("MB/s", 0),
    P50("p50 ms", 3),
    P99("p99 ms", 2),
    P999("p99.9 ms", 2),
    MANAGER_CPU("manager µs/req", 1),
    WORKERS_CPU("workers µs/req", 1),
    FRONT_CPU("nginx µs/req", 1),
    MANAGER_RSS("manager RSS MB", 0),
    PHP_PSS("PHP PSS MB", 1),
    FAILED("failed", 0),
    ASKED("asked/s", 0),
    IN_TIME("answered in time/s", 1),
    TURNED_AWAY("turned away/s", 1),
    LEFT("left unanswered/s", 1),
    ASKED_AFTER("afterwards: asked/s", 0),
    IN_TIME_AFTER("answered in time/s", 1),
    ABANDONED_RUN("of 6 abandoned run", 0);

    /** Of loads that a server can take. */
    static final List<Figure> LOAD = List.copyOf(EnumSet.range(REQUESTS, FAILED));

    /** Of one that it can't. */
    static final List<Figure> OVERLOAD = List.copyOf(EnumSet.range(ASKED, ABANDONED_RUN));

    private final String title;
    private final int decimals;

    Figure(String title, int decimals) {
        this.title = title;
        this.decimals = decimals;
    }

    /** As the table has it, with its unit. */
    String title() {
        return title;
    }

    String format(double value) {
        return String.format("%." + decimals + "f", value);
    }
}
