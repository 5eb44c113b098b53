// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.benchmarks.Results.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Results results = new Results();

    private void add(String workload, String contestant, Figure figure, double value) {
        results.add(workload, contestant, new Sample().with(figure, value));
    }

    private String bar(String what) {
        return new Report(results, List.of(), "a machine", "2 rounds.")
                .bars()
                .lines()
                .filter(line -> line.contains(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBarIsReachedOrMissedByItsMedian() {
        add("hello-16-unix-conn", Contestant.HATTER, Figure.REQUESTS, 95);
        add("hello-16-unix-conn", Contestant.FPM, Figure.REQUESTS, 100);
        add("work5ms-16-unix-conn", Contestant.HATTER, Figure.REQUESTS, 95);
        add("work5ms-16-unix-conn", Contestant.FPM, Figure.REQUESTS, 100);
        assertThat(bar("hello world, a connection per request, Unix")).contains("0.95 (0.95–0.95) | reached |");
        assertThat(bar("5 ms script, a connection per request")).contains("| **MISSED** |");
        assertThat(bar("5 ms script, kept")).contains("not measured");
    }

    @Test
    void addedTimeIsADifference() {
        add("latency-1-unix-kept", Contestant.HATTER, Figure.P50, 0.130);
        add("latency-1-unix-kept", Contestant.PHP_CGI, Figure.P50, 0.080);
        assertThat(bar("µs more than php-cgi")).contains("50.00 (").contains("| reached |");
    }

    @Test
    void keptConnectionsAreComparedWithPhpFpmBothWays() {
        add("hello-16-unix-kept", Contestant.HATTER, Figure.REQUESTS, 300);
        add("hello-16-unix-kept", Contestant.FPM, Figure.REQUESTS, 200);
        add("hello-16-unix-conn", Contestant.FPM, Figure.REQUESTS, 100);
        assertThat(new Report(results, List.of(), "a machine", "2 rounds.").table())
                .contains("| 1.50 (1.50–1.50) | 3.00 (3.00–3.00) |");
        Key fpm = new Key("hello-16-unix-conn", Contestant.FPM);
        assertThat(Report.toFpm(results, fpm, "hello-16-unix-conn")).isEmpty();
    }

    @Test
    void buildsAreComparedRoundByRound() {
        for (double rate : new double[] {100, 300}) {
            add("hello-16-unix-kept", Contestant.HATTER, Figure.REQUESTS, 1.1 * rate);
            add("hello-16-unix-kept", Contestant.OTHER, Figure.REQUESTS, rate);
            add("hello-16-unix-kept", Contestant.OTHER_BESIDE, Figure.REQUESTS, 0.9 * rate);
        }
        add("latency-1-unix-kept", Contestant.HATTER, Figure.P50, 0.050);
        add("latency-1-unix-kept", Contestant.OTHER, Figure.P50, 0.100);
        add("memory", Contestant.HATTER, Figure.MANAGER_RSS, 100);
        Report report = new Report(results, List.of(), "a machine", "2 rounds.");
        // nothing of what bars are about was measured
        assertThat(report.load()).startsWith("2 rounds.\n\n| workload |");
        assertThat(report.builds().lines().skip(2))
                .containsExactly(
                        "| hello-16-unix-kept | 1.10 (1.10–1.10) | 0.90 (0.90–0.90) |",
                        // less time is faster
                        "| latency-1-unix-kept | 2.00 (2.00–2.00) |  |");
    }

    @Test
    void anOverloadHasATableOfItsOwn() {
        add("hello-16-unix-kept", Contestant.HATTER, Figure.REQUESTS, 300);
        add("overload", Contestant.FPM, Figure.IN_TIME, 31.9);
        Report report = new Report(results, List.of(), "a machine", "2 rounds.");
        assertThat(report.table()).contains("hello-16-unix-kept").doesNotContain("overload", "in time");
        assertThat(report.overload()).contains("| php-fpm |  | 31.9 |").doesNotContain("Hatter");
        assertThat(new Report(new Results(), List.of(), "a machine", "2 rounds.").overload())
                .isEmpty();
    }

    @Test
    void whatWrkSaysIsRead() {
        Sample sample = Wrk.sample(
                "Running 1s test\nload requests=20 failed=3 p50=1500 p99=9000 p999=10000 micros=2000000\n",
                Load.upload(8));
        assertThat(sample.get(Figure.REQUESTS)).hasValue(10);
        assertThat(sample.get(Figure.MEGABYTES)).hasValue(104.8576);
        assertThat(sample.get(Figure.P50)).hasValue(1.5);
        assertThat(sample.get(Figure.FAILED)).hasValue(3);
        assertThatThrownBy(() -> Wrk.sample("unable to connect", Load.hello(1)))
                .hasMessageContaining("unable to connect");
    }

    @Test
    void thePageKeepsWhatIsNotARunsResult() {
        String page = "before\n<!-- begin of a run's results: written by benchmarks/run --docs -->\nold\n"
                + "<!-- end of a run's results -->\nafter\n";
        String replaced = Documentation.replaced(page, Documentation.Place.RUN, "new");
        assertThat(replaced)
                .startsWith("before\n")
                .endsWith("-->\nafter\n")
                .contains("\nnew\n")
                .doesNotContain("old");
        assertThat(Documentation.replaced(replaced, Documentation.Place.RUN, "new"))
                .isEqualTo(replaced);
        assertThatThrownBy(() -> Documentation.replaced("no marks", Documentation.Place.RUN, "new"))
                .isInstanceOf(IllegalStateException.class);
    }
}
