// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.All;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of attacks in {@code docs/confinement.md}, between its two marks. */
public final class ConfinementTable {
    private static final Path DOCUMENT = Path.of(System.getProperty("hatter.docs"), "confinement.md");
    private static final boolean UPDATE =
            !System.getProperty("hatter.docs.update").equals("false");
    private static final String BEGIN = "<!-- made by itests/apparmor-vm: begin -->\n";
    private static final String END = "<!-- made by itests/apparmor-vm: end -->\n";

    private ConfinementTable() {}

    /** Fails unless the document has what the guest found; with {@code -Dhatter.docs.update} writes it. */
    public static void compare(Guest guest) {
        try {
            String document = Files.readString(DOCUMENT);
            int begin = document.indexOf(BEGIN) + BEGIN.length();
            int end = document.indexOf(END);
            if (UPDATE) {
                assertThat(All.runs()).as("-Dhatter.all=true, for all columns").isTrue();
                Files.writeString(DOCUMENT, document.substring(0, begin) + markdown(guest) + document.substring(end));
            } else {
                assertThat(columnsRun(document.substring(begin, end)))
                        .as("%s: -Dhatter.docs.update=true -Dhatter.all=true writes its table", DOCUMENT)
                        .isEqualTo(markdown(guest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Series> columns() {
        return Stream.of(Series.values()).filter(Series::isRun);
    }

    /** The table without the columns of which this run knows nothing. */
    private static String columnsRun(String table) {
        return table.lines()
                .map(line -> line.substring("| ".length(), line.length() - " |".length())
                        .split(" \\| "))
                .map(cells -> line(cells[0], columns().map(series -> cells[1 + series.ordinal()])))
                .collect(Collectors.joining());
    }

    private static String markdown(Guest guest) {
        Stream<String> head = Stream.of("attack from pool A", "---")
                .map(first -> line(first, columns().map(series -> first.equals("---") ? first : series.title())));
        Stream<String> rows = Stream.of(Attack.values())
                .map(attack -> line(attack.title(), columns().map(series -> series.word(guest, attack))));
        return Stream.concat(head, rows).collect(Collectors.joining());
    }

    private static String line(String first, Stream<String> others) {
        return "| " + first + " | " + others.collect(Collectors.joining(" | ")) + " |\n";
    }
}
