// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.benchmarks.Results.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Something that has to be reached.
 *
 * @param measured its value by round; empty when it wasn't measured
 */
record Bar(String what, String wanted, DoublePredicate reached, Function<Results, Optional<Spread>> measured) {
    static final List<Bar> ALL = List.of(
            atLeast(
                    1.3,
                    "1. hello world, kept connections, to php-fpm with a connection per request, Unix socket",
                    ratio("hello-16-unix-kept", "hello-16-unix-conn", Figure.REQUESTS)),
            atLeast(
                    1.3,
                    "1. the same with process.scheduling = batch",
                    ratio(
                            "hello-16-unix-kept",
                            Contestant.BATCH,
                            "hello-16-unix-conn",
                            Contestant.FPM,
                            Figure.REQUESTS)),
            atLeast(1.3, "1. the same by TCP", ratio("hello-16-tcp-kept", "hello-16-tcp-conn", Figure.REQUESTS)),
            atLeast(
                    0.9,
                    "1. hello world, fewer kept connections than workers, to php-fpm the same way",
                    ratio("hello-6-unix-kept", Figure.REQUESTS)),
            atLeast(
                    0.9,
                    "2. hello world, a connection per request, Unix socket",
                    ratio("hello-16-unix-conn", Figure.REQUESTS)),
            atLeast(
                    0.9,
                    "2. the same with process.scheduling = batch",
                    ratio(
                            "hello-16-unix-conn",
                            Contestant.BATCH,
                            "hello-16-unix-conn",
                            Contestant.FPM,
                            Figure.REQUESTS)),
            atLeast(0.9, "2. hello world, a connection per request, TCP", ratio("hello-16-tcp-conn", Figure.REQUESTS)),
            atLeast(1.0, "2. 0.3 ms script, kept connections", ratio("work300us-16-unix-kept", Figure.REQUESTS)),
            atLeast(
                    1.0,
                    "2. 0.3 ms script, a connection per request",
                    ratio("work300us-16-unix-conn", Figure.REQUESTS)),
            atLeast(1.0, "2. 5 ms script, kept connections", ratio("work5ms-16-unix-kept", Figure.REQUESTS)),
            atLeast(1.0, "2. 5 ms script, a connection per request", ratio("work5ms-16-unix-conn", Figure.REQUESTS)),
            atMost(5, "3. 64 kept connections on 8 workers: p99 to p50", unevenness("hello-64-unix-kept")),
            atLeast(0.9, "4. answers of 1 MB, kept connections", ratio("large-8-unix-kept", Figure.MEGABYTES)),
            atLeast(0.9, "4. answers of 1 MB, a connection per request", ratio("large-8-unix-conn", Figure.MEGABYTES)),
            atLeast(0.9, "4. answers of 1 MB, TCP", ratio("large-8-tcp-conn", Figure.MEGABYTES)),
            atLeast(0.9, "4. uploads of 10 MB, kept connections", ratio("upload-8-unix-kept", Figure.MEGABYTES)),
            atLeast(
                    0.9,
                    "4. uploads of 10 MB, a connection per request",
                    ratio("upload-8-unix-conn", Figure.MEGABYTES)),
            atLeast(0.9, "4. uploads of 10 MB, TCP", ratio("upload-8-tcp-conn", Figure.MEGABYTES)),
            atMost(
                    60,
                    "5. µs more than php-cgi asked directly, median of one client",
                    added("latency-1-unix-kept", 1e3)),
            atMost(160, "6. MB of the manager under 512 clients", most("hello-512-unix-kept", Figure.MANAGER_RSS)),
            atMost(
                    1.1,
                    "6. memory (PSS) of PHP with worker.concurrency = 8, to php-fpm with 8 children",
                    ratio("memory", Contestant.GROUP, "memory", Contestant.FPM, Figure.PHP_PSS)),
            atMost(10, "7. ms more than php-cgi's own start, first request to ondemand", added("ondemand-first", 1)));

    private static Bar atLeast(double bar, String what, Function<Results, Optional<Spread>> measured) {
        return new Bar(what, "at least " + bar, value -> value >= bar, measured);
    }

    private static Bar atMost(double bar, String what, Function<Results, Optional<Spread>> measured) {
        return new Bar(what, "at most " + bar, value -> value <= bar, measured);
    }

    private static Function<Results, Optional<Spread>> ratio(String workload, Figure figure) {
        return ratio(workload, workload, figure);
    }

    private static Function<Results, Optional<Spread>> ratio(String hatters, String fpms, Figure figure) {
        return ratio(hatters, Contestant.HATTER, fpms, Contestant.FPM, figure);
    }

    private static Function<Results, Optional<Spread>> ratio(
            String workload, String of, String otherWorkload, String to, Figure figure) {
        return results -> results.ratio(new Key(workload, of), new Key(otherWorkload, to), figure);
    }

    private static Function<Results, Optional<Spread>> unevenness(String workload) {
        Key key = new Key(workload, Contestant.HATTER);
        return results -> results.pairs(key, Figure.P99, key, Figure.P50, (p99, p50) -> p99 / p50);
    }

    private static Function<Results, Optional<Spread>> added(String workload, double factor) {
        return results -> results.pairs(
                new Key(workload, Contestant.HATTER),
                Figure.P50,
                new Key(workload, Contestant.PHP_CGI),
                Figure.P50,
                (with, without) -> (with - without) * factor);
    }

    private static Function<Results, Optional<Spread>> most(String workload, Figure figure) {
        return results -> results.spread(new Key(workload, Contestant.HATTER), figure);
    }

    /** A line of the table. */
    String line(Results results) {
        return measured.apply(results)
                .map(spread -> "| %s | %s | %s | %s |"
                        .formatted(what, wanted, spread, reached.test(spread.median()) ? "reached" : "**MISSED**"))
                .orElse("| %s | %s | | not measured |".formatted(what, wanted));
    }
}
