// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@code benchmarks/run}. */
public final class Main {
    private static final int EX_USAGE = 64;

    private final Options options;
    private final Results results = new Results();

    private Main(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) throws IOException {
        try {
            new Main(Options.parse(arguments)).run();
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            System.exit(EX_USAGE);
        }
    }

    private void run() throws IOException {
        if (options.help()) {
            System.out.print(Options.HELP);
            return;
        }
        try (Arena arena = new Arena(options.times(), options.others(), options.builds())) {
            List<Workload> all = Workloads.all(arena, options.times());
            if (options.list()) {
                all.forEach(workload -> System.out.printf("%-28s %s%n", workload.name(), workload.title()));
                return;
            }
            List<Workload> selected = options.select(all);
            Machine.Load before = Machine.Load.now();
            measure(selected);
            write(new Report(
                    results, selected, Machine.about(before), options.times().about()));
        }
    }

    private void measure(List<Workload> selected) {
        selected.stream().filter(Workload::isAlone).forEach(workload -> turn(workload, 0));
        List<Workload> rest =
                selected.stream().filter(workload -> !workload.isAlone()).toList();
        for (Workload workload : rest) {
            Logs.say("%s: getting ready", workload.name());
            workload.contestants().forEach(workload::prepare);
        }
        for (int round = 0; round < options.times().rounds(); round++) {
            Logs.say("round %d of %d", round + 1, options.times().rounds());
            for (Workload workload : rest) {
                turn(workload, round);
            }
        }
    }

    /** Every contestant once, from the last to the first in every other round. */
    private void turn(Workload workload, int round) {
        List<String> contestants = new ArrayList<>(workload.contestants());
        if (round % 2 == 1) {
            Collections.reverse(contestants);
        }
        for (String contestant : contestants) {
            Sample sample = workload.run(contestant);
            results.add(workload.name(), contestant, sample);
            Logs.say("%-24s %-20s %s", workload.name(), contestant, sample);
        }
    }

    private void write(Report report) throws IOException {
        Path directory = Files.createDirectories(Path.of(System.getProperty("hatter.results", "target/results")));
        Files.writeString(directory.resolve("results.md"), report.toString());
        System.out.println();
        System.out.println(report);
        System.out.println("table: " + directory.resolve("results.md"));
        System.out.println(Plot.draw(results, directory));
        Optional<Path> documentation = options.documentation();
        if (documentation.isPresent()) {
            new Documentation(documentation.get()).update(report, directory.resolve("results.svg"));
        }
    }
}
