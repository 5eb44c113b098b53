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
    private final String times;

    /**
     * @param about under which circumstances
     * @param times how often and how long
     */
    Report(Results results, List<Workload> workloads, String about, String times) {
        this.results = results;
        this.workloads = workloads.stream()
                .collect(Collectors.toMap(Workload::name, workload -> workload, (a, b) -> a, LinkedHashMap::new));
        this.about = about;
        this.times = times;
    }

    @Override
    public String toString() {
        return Stream.of(about(), load(), overload(), builds())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** Under which circumstances. */
    String about() {
        return about + "\n";
    }

    /** What there is of loads that a server can take; may be empty. */
    String load() {
        if (keys(Figure.LOAD).isEmpty()) {
            return "";
        }
        boolean barred =
                Bar.ALL.stream().anyMatch(bar -> bar.measured().apply(results).isPresent());
        return times + "\n\n" + (barred ? bars() + "\n" : "") + table();
    }

    /** What there is of a load that is too much; may be empty. */
    String overload() {
        List<Key> keys = keys(Figure.OVERLOAD);
        if (keys.isEmpty()) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        lines.add("| who | " + titles(Figure.OVERLOAD) + " |");
        lines.add("|---|" + "--:|".repeat(Figure.OVERLOAD.size()));
        keys.forEach(key -> lines.add("| %s | %s |".formatted(key.contestant(), figures(key, Figure.OVERLOAD))));
        return String.join("\n", lines) + "\n";
    }

    /** How fast this build is next to the other one, and that one next to itself; empty when there was no other. */
    String builds() {
        List<String> lines = new ArrayList<>();
        for (String workload :
                results.keys().stream().map(Key::workload).distinct().toList()) {
            Optional<Spread> ratio = toOther(workload, Contestant.HATTER);
            if (ratio.isPresent()) {
                lines.add("| %s | %s | %s |"
                        .formatted(workload, ratio.get(), text(toOther(workload, Contestant.OTHER_BESIDE))));
            }
        }
        if (lines.isEmpty()) {
            return "";
        }
        lines.add(0, "| how fast, round by round | this build to the other | the other beside to the other |");
        lines.add(1, "|---|---|---|");
        return String.join("\n", lines) + "\n";
    }

    /** How many times as fast: by requests a second, else by the time that half of the requests took. */
    private Optional<Spread> toOther(String workload, String contestant) {
        Key of = new Key(workload, contestant);
        Key to = new Key(workload, Contestant.OTHER);
        return results.ratio(of, to, Figure.REQUESTS).or(() -> results.ratio(to, of, Figure.P50));
    }

    private List<Key> keys(List<Figure> figures) {
        return results.keys().stream()
                .filter(key -> figures.stream()
                        .anyMatch(figure -> results.spread(key, figure).isPresent()))
                .toList();
    }

    String bars() {
        return Stream.concat(
                        Stream.of("| what | wanted | median (least–most) | |", "|---|---|---|---|"),
                        Bar.ALL.stream().map(bar -> bar.line(results)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| workload | who | " + titles(Figure.LOAD)
                + " | to php-fpm the same way | to php-fpm, a connection per request |");
        lines.add("|---|---|" + "--:|".repeat(Figure.LOAD.size()) + "---|---|");
        for (Key key : keys(Figure.LOAD)) {
            lines.add("| %s | %s | %s | %s | %s |"
                    .formatted(
                            key.workload(),
                            key.contestant(),
                            figures(key, Figure.LOAD),
                            text(toFpm(results, key, key.workload())),
                            text(toFpm(results, key, unkept(key.workload())))));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String titles(List<Figure> figures) {
        return figures.stream().map(Figure::title).collect(Collectors.joining(" | "));
    }

    private String figures(Key key, List<Figure> figures) {
        return figures.stream()
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
