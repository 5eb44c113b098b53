// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.benchmarks.Results.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out, as Markdown. */
final class Report {
    private final Results results;
    private final Map<String, Workload> workloads;
    private final String about;

    /** @param about under which circumstances */
    Report(Results results, List<Workload> workloads, String about) {
        this.results = results;
        this.workloads = workloads.stream()
                .collect(Collectors.toMap(Workload::name, workload -> workload, (a, b) -> a, LinkedHashMap::new));
        this.about = about;
    }

    @Override
    public String toString() {
        return about + "\n\n" + bars() + "\n" + table();
    }

    String bars() {
        return Stream.concat(
                        Stream.of("| what | wanted | median (least–most) | |", "|---|---|---|---|"),
                        Bar.ALL.stream().map(bar -> bar.line(results)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| workload | who | " + titles()
                + " | to php-fpm the same way | to php-fpm, a connection per request |");
        lines.add("|---|---|" + "--:|".repeat(Figure.values().length) + "---|---|");
        for (Key key : results.keys()) {
            lines.add("| %s | %s | %s | %s | %s |"
                    .formatted(
                            key.workload(),
                            key.contestant(),
                            figures(key),
                            text(toFpm(results, key, key.workload())),
                            text(toFpm(results, key, unkept(key.workload())))));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String titles() {
        return Stream.of(Figure.values()).map(Figure::title).collect(Collectors.joining(" | "));
    }

    private String figures(Key key) {
        return Stream.of(Figure.values())
                .map(figure -> results.spread(key, figure)
                        .map(spread -> figure.format(spread.median()))
                        .orElse(""))
                .collect(Collectors.joining(" | "));
    }

    private static String text(Optional<Spread> ratio) {
        return ratio.map(Spread::toString).orElse("");
    }

    /** The same with a connection for each request, as php-fpm is usually asked. */
    static String unkept(String workload) {
        return workload.replace("-kept", "-conn");
    }

    /** How many times php-fpm's requests a second in that workload; empty for php-fpm itself and where nobody counts. */
    static Optional<Spread> toFpm(Results results, Key key, String workload) {
        Key fpm = new Key(workload, Contestant.FPM);
        return key.equals(fpm) ? Optional.empty() : results.ratio(key, fpm, Figure.REQUESTS);
    }

    /** What the workloads are, a line each. */
    String legend() {
        return workloads.values().stream()
                .map(workload -> "- `%s`: %s".formatted(workload.name(), workload.title()))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
