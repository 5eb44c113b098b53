// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param patterns of workloads' names; empty for all
 * @param others the archives of other builds to measure besides
 * @param builds whether nobody is measured but builds of Hatter
 * @param documentation where docs/ is, when the run's table and plot belong there
 */
record Options(
        boolean help,
        boolean list,
        Times times,
        List<String> patterns,
        List<Path> others,
        boolean builds,
        Optional<Path> documentation) {
    static final String HELP = """
            Usage: benchmarks/run [OPTION]... [WORKLOAD]...
                   benchmarks/run --jmh [OPTION OF JMH]...

            Measures Hatter next to php-fpm and others, in turn, and writes a table and a plot to
            benchmarks/target/results. WORKLOAD is a name or a pattern such as 'hello-*'; all when there is none.

              --list           says which workloads there are
              --quick          a few minutes: two rounds of short runs
              --rounds N       how many rounds
              --seconds S      how long each run under load takes
              --overload S     how many seconds an overload lasts
              --other ARCHIVE  measures another build of Hatter (its tar.gz) besides; given twice,
                               two of them, or the same one twice, which shows what chance does
              --builds         leaves out all but these builds of Hatter
              --docs           writes table and plot into docs/ as well
              --jmh            measures codec and dispatch alone, by JMH
              --help           prints this
            """;

    static Options parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        boolean help = false;
        boolean list = false;
        boolean documented = false;
        boolean builds = false;
        List<Path> others = new ArrayList<>();
        Times times = Times.FULL;
        List<String> patterns = new ArrayList<>();
        while (!rest.isEmpty()) {
            String argument = rest.poll();
            switch (argument) {
                case "--help" -> help = true;
                case "--list" -> list = true;
                case "--docs" -> documented = true;
                case "--quick" -> times = Times.QUICK;
                case "--rounds" -> times = times.withRounds(number(argument, rest));
                case "--seconds" -> times = times.withSeconds(number(argument, rest));
                case "--overload" -> times = times.withOverloadSeconds(number(argument, rest));
                case "--other" -> others.add(archive(argument, rest));
                case "--builds" -> builds = true;
                default -> patterns.add(pattern(argument));
            }
        }
        if (others.size() > Contestant.OTHERS.size()) {
            throw new IllegalArgumentException("--other can be given twice, not " + others.size() + " times");
        }
        Optional<Path> documentation =
                documented ? Optional.of(Path.of(System.getProperty("hatter.docs", "docs"))) : Optional.empty();
        return new Options(help, list, times, patterns, others, builds, documentation);
    }

    private static String pattern(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + argument + "; see --help");
        }
        return argument;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.poll();
    }

    private static Path archive(String option, Deque<String> rest) {
        Path archive = Path.of(value(option, rest));
        if (!Files.isReadable(archive)) {
            throw new IllegalArgumentException(option + " " + archive + ": there is no such file that can be read");
        }
        return archive;
    }

    private static int number(String option, Deque<String> rest) {
        String value = value(option, rest);
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(option + " " + value + ": must be a number from 1 to 9999");
        }
        return Integer.parseInt(value);
    }

    /** Those that are asked for; a pattern that none has is an error. */
    List<Workload> select(List<Workload> all) {
        for (String pattern : patterns) {
            if (all.stream().noneMatch(workload -> matches(pattern, workload))) {
                throw new IllegalArgumentException("no workload is called " + pattern + "; see --list");
            }
        }
        return all.stream()
                .filter(workload ->
                        patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, workload)))
                .toList();
    }

    private static boolean matches(String pattern, Workload workload) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        return matcher.matches(Path.of(workload.name()));
    }
}
