// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table in {@code docs/compatibility.md}, as the tests find it. */
public final class Table {
    private static final Path DOCUMENT = Path.of(System.getProperty("hatter.table"));
    private static final Path FOUND = Path.of("target", "compatibility.md");
    private static final String TEXT = """
            # Compatibility

            Made by the tests in `itests/peers`, not by hand: `mvn verify -Dhatter.docs.update` writes it anew, and the build
            fails when it isn't what they find.

            Each row is a web server started from its sample in `config/samples`, with a pool of that program behind it.
            Each column is a check:

            - a page, and one with escapes in its query string;
            - a form of 20 kB, an upload of 8 MiB, a download of 16 MiB, compared by checksum;
            - `PATH_INFO` behind the script's name;
            - 404 for a script that isn't there (403 by fcgiwrap); `–`: the program has a page for every path;
            - headers of 6,000 bytes in and 3,000 bytes out;
            - requests of 16 clients on kept connections, none of which may fail.

            """;

    private final List<List<String>> rows = new ArrayList<>();

    /** Begins a row. */
    public void begin(String... cells) {
        rows.add(new ArrayList<>(List.of(cells)));
    }

    /** Adds a cell to the row begun last. */
    public void add(String cell) {
        rows.get(rows.size() - 1).add(cell);
    }

    public int rows() {
        return rows.size();
    }

    /** Fails unless the document has it; with {@code -Dhatter.docs.update} writes the document. */
    public void compare() {
        String found = TEXT + markdown();
        try {
            Files.writeString(FOUND, found);
            if (isUpdate()) {
                Files.writeString(DOCUMENT, found);
            }
            assertThat(DOCUMENT)
                    .as("the table: -Dhatter.docs.update writes it")
                    .content()
                    .isEqualTo(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUpdate() {
        String update = System.getProperty("hatter.docs.update", "false");
        return !update.equals("false");
    }

    private String markdown() {
        List<String> titles = Stream.concat(
                        Stream.of("web server", "program", "by"),
                        Stream.of(Feature.values()).map(Feature::title))
                .toList();
        return line(titles)
                + line(titles.stream().map(title -> "---").toList())
                + rows.stream().map(Table::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
