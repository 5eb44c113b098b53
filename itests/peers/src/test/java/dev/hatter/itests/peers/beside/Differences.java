// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table in {@code docs/applications.md}: what differs from php-fpm, and why. What a test finds must be in it, and what is
 * in it must be found.
 */
public final class Differences {
    private static final Path DOCUMENT = Path.of(System.getProperty("hatter.applications"));
    private static final String HEADER =
            "| What | Where | With php-fpm | With Hatter | Why, and what to do | Shown by |";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Differences() {}

    /**
     * A line of the table. In the first two columns what stands in backquotes are patterns, with {@code *} for anything; where
     * the third or fourth begins with one, its patterns are what each value looks like.
     */
    public record Line(int number, List<String> cells) {
        List<String> what() {
            return codes(cells.get(0));
        }

        List<String> where() {
            return codes(cells.get(1));
        }

        public List<String> tests() {
            return codes(cells.get(5));
        }

        boolean isAbout(Difference found) {
            return what().stream().anyMatch(pattern -> matches(pattern, found.what()))
                    && where().stream().anyMatch(pattern -> matches(pattern, found.where()))
                    && holds(cells.get(2), found.fpm())
                    && holds(cells.get(3), found.hatter());
        }

        private static boolean holds(String cell, String value) {
            return !cell.startsWith("`") || codes(cell).stream().anyMatch(pattern -> matches(pattern, value));
        }

        @Override
        public String toString() {
            return "line " + number + ", " + cells.get(0) + " at " + cells.get(1);
        }
    }

    /** All lines. */
    public static List<Line> lines() {
        try {
            List<String> text = Files.readAllLines(DOCUMENT);
            int header = text.indexOf(HEADER);
            assertThat(header).as("where %s has \"%s\"", DOCUMENT, HEADER).isNotNegative();
            List<Line> lines = new ArrayList<>();
            for (int i = header + 2; i < text.size() && text.get(i).startsWith("|"); i++) {
                lines.add(new Line(i + 1, cells(text.get(i))));
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless what that test has found is what the table says of it. */
    public static void compare(String test, Collection<Difference> found) {
        List<Line> lines =
                lines().stream().filter(line -> line.tests().contains(test)).toList();
        write(test, found);
        // several of a kind are told once, as a faulty build has thousands
        Map<String, Difference> unknown = new TreeMap<>();
        found.stream()
                .filter(difference -> lines.stream().noneMatch(line -> line.isAbout(difference)))
                .forEach(difference -> unknown.putIfAbsent(difference.what(), difference));
        Set<String> over = new LinkedHashSet<>();
        lines.forEach(line -> unfound(line, found).forEach(part -> over.add(line + ": nothing found of " + part)));
        assertThat(unknown.values())
                .as("differences from php-fpm that %s doesn't have", DOCUMENT)
                .isEmpty();
        assertThat(over).as("lines of %s that aren't so any more", DOCUMENT).isEmpty();
    }

    /** All, for who looks for the reason of a failure. */
    private static void write(String test, Collection<Difference> found) {
        String all = found.stream().map(Difference::toString).collect(Collectors.joining("\n"));
        try {
            Files.writeString(Logs.create("differences-" + test), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The patterns of a line that none of the differences has. */
    private static List<String> unfound(Line line, Collection<Difference> found) {
        List<Difference> its = found.stream().filter(line::isAbout).toList();
        return Stream.concat(
                        line.what().stream().filter(what -> its.stream().noneMatch(its1 -> matches(what, its1.what()))),
                        line.where().stream()
                                .filter(where -> its.stream().noneMatch(its1 -> matches(where, its1.where()))))
                .toList();
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.length() - 1);
        List<String> cells = Stream.of(inner.split("(?<!\\\\)\\|"))
                .map(cell -> cell.replace("\\|", "|").strip())
                .toList();
        assertThat(cells).as("cells of \"%s\"", line).hasSize(6);
        return cells;
    }

    private static List<String> codes(String cell) {
        List<String> codes = new ArrayList<>();
        for (Matcher code = CODE.matcher(cell); code.find(); ) {
            codes.add(code.group(1));
        }
        return codes;
    }

    private static boolean matches(String pattern, String text) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
