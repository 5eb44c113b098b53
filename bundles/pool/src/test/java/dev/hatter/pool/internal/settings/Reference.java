// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rows of docs/configuration.md below one of its headings: {@code | `key` | value | default | meaning |}. A row may
 * stand for several keys, separated by commas.
 */
final class Reference {
    private static final Path PAGE = Path.of("../../docs/configuration.md");
    private static final Pattern ROW = Pattern.compile("\\| (`.*?) \\| (.*?) \\| (.*?) \\| (.*) \\|");
    private static final Pattern KEY = Pattern.compile("`([^`]+)`");

    private Reference() {}

    /** The keys below {@code ## heading}, in the page's order. */
    static Map<String, Row> below(String heading) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        section(heading)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> KEY.matcher(row.group(1))
                        .results()
                        .forEach(key -> rows.put(key.group(1), Row.of(row.group(2), row.group(3), row.group(4)))));
        return rows;
    }

    private static String section(String heading) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("\n## " + heading + "\n");
        if (from < 0) {
            throw new AssertionError(PAGE + " has no heading \"" + heading + "\"");
        }
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    /**
     * A row without its marks of Markdown.
     *
     * @param value what is allowed
     * @param missing what holds without the key
     * @param help the first sentence of its meaning
     */
    record Row(String value, String missing, String help) {
        static Row of(String value, String missing, String meaning) {
            return new Row(plain(value), plain(missing), plain(meaning).split("(?<=\\.) ", 2)[0]);
        }

        private static String plain(String text) {
            return text.replace("`", "");
        }

        boolean required() {
            return missing.equals("required");
        }

        /** The words of the form. */
        String description() {
            String last = missing.startsWith("required") ? "R" + missing.substring(1) : "Default: " + missing;
            return help + " Value: " + value + ". " + last + ".";
        }

        /** The default as a typed value; null when it is words, such as "Hatter's own". */
        String literal() {
            return switch (missing) {
                case "yes" -> "true";
                case "no" -> "false";
                default ->
                    missing.matches("-?[0-9]+[smhdKM]?|/|php-cgi|cgi|enforce|last|close|answer") ? missing : null;
            };
        }
    }
}
