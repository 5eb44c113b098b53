// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.benchmarks.Results.Key;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws Hatter's requests a second as multiples of php-fpm's, by gnuplot. */
final class Plot {
    private static final String SCRIPT = """
            cd "%1$s"
            set terminal svg size 900,%2$d font "sans-serif,12" background "white"
            set output "results.svg"
            set title "Hatter's requests a second, php-fpm with a connection per request being 1 (median, least, most)"
            set style fill solid 0.8 noborder
            set xrange [0:*]
            set yrange [%3$d-0.3:-0.7]
            set grid xtics
            set arrow 1 from 1, graph 0 to 1, graph 1 nohead linewidth 2 linecolor "black" front
            unset key
            set ytics out nomirror
            set lmargin 28
            plot "results.dat" using 2:0:(0):2:($0-0.35):($0+0.35):ytic(1) with boxxyerror title "median" linecolor "#4477aa", \\
                 "" using 2:0:3:4 with xerrorbars title "least and most" linecolor "black" pointtype 0
            """;

    private Plot() {}

    /** Leaves results.svg in the directory, or says why not. */
    static String draw(Results results, Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Key key : results.keys()) {
            if (key.contestant().equals(Contestant.HATTER)) {
                Report.toFpm(results, key, Report.unkept(key.workload()))
                        .ifPresent(ratio -> lines.add(String.format(
                                Locale.ROOT,
                                "%s %.4f %.4f %.4f",
                                key.workload(),
                                ratio.median(),
                                ratio.least(),
                                ratio.most())));
            }
        }
        if (lines.isEmpty()) {
            return "no plot: nothing was compared with php-fpm";
        }
        if (Programs.find("gnuplot").isEmpty()) {
            return "no plot: gnuplot isn't installed (apt-get install gnuplot-nox)";
        }
        Files.write(directory.resolve("results.dat"), lines);
        Path script = Files.writeString(
                directory.resolve("results.gnuplot"),
                SCRIPT.formatted(directory, 80 + 24 * lines.size(), lines.size()));
        Run.check(Duration.ofSeconds(30), Programs.find("gnuplot").get().toString(), script.toString());
        return "plot: " + directory.resolve("results.svg");
    }
}
