// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import static org.assertj.core.api.Assertions.assertThat;

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
            String found = document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
                    + markdown(guest)
                    + document.substring(document.indexOf(END));
            if (UPDATE) {
                Files.writeString(DOCUMENT, found);
            } else {
                assertThat(document)
                        .as("%s: -Dhatter.docs.update writes its table", DOCUMENT)
                        .isEqualTo(found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String markdown(Guest guest) {
        Stream<String> head = Stream.of("attack from pool A", "---")
                .map(first -> line(
                        first, Stream.of(Series.values()).map(series -> first.equals("---") ? first : series.title())));
        Stream<String> rows = Stream.of(Attack.values())
                .map(attack ->
                        line(attack.title(), Stream.of(Series.values()).map(series -> series.word(guest, attack))));
        return Stream.concat(head, rows).collect(Collectors.joining());
    }

    private static String line(String first, Stream<String> others) {
        return "| " + first + " | " + others.collect(Collectors.joining(" | ")) + " |\n";
    }
}
