// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What came of one question.
 *
 * @param values each by what it is and its name, as in {@code $_SERVER['PATH_INFO']}; what the script {@code values.php} told,
 *     or the page that somebody else made
 */
public record Told(String status, Map<String, String> values) {
    private static final Set<String> VARYING = Set.of("date", "content-length", "content-range");

    /** @param site replaced in the values, as each run has a directory of its own */
    public static Told of(RawHttp.Answer answer, String site) {
        Map<String, String> values = new TreeMap<>();
        values.put("answer: header", header(answer));
        if (answer.body().contains("\t")) {
            answer.body().lines().forEach(line -> tell(values, line, answer.port(), site));
        } else {
            values.put("answer: body", answer.body());
        }
        return new Told(answer.head().lines().findFirst().orElse("no answer"), values);
    }

    private static void tell(Map<String, String> values, String line, int port, String site) {
        String[] parts = line.split("\t", 3);
        if (parts.length == 3) {
            String value = decode(parts[2]).replace(site, "<site>").replace(site.replace("/", "\\/"), "<site>");
            values.put(parts[0] + "['" + decode(parts[1]) + "']", masked(parts[1], value, port));
        } else {
            values.merge("answer: other lines", line, (a, b) -> a + "\n" + b);
        }
    }

    /** A plus is a plus: rawurlencode writes %20 for a blank. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    }

    /** What can't be the same twice, as what it has to be. */
    private static String masked(String name, String value, int port) {
        return switch (name) {
            case "REMOTE_PORT" -> value.equals(Integer.toString(port)) ? "the client's port" : value;
            case "REQUEST_TIME", "REQUEST_TIME_FLOAT" -> value.matches("1[0-9]{9}(\\.[0-9]+)?") ? "a time" : value;
            default -> value;
        };
    }

    private static String header(RawHttp.Answer answer) {
        return answer.head()
                .lines()
                .skip(1)
                .filter(line -> !VARYING.contains(line.split(":")[0].toLowerCase(Locale.ROOT)))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** How many values are held against another's. */
    public int compared(Told other) {
        return names(other).size();
    }

    private Set<String> names(Told other) {
        Set<String> names = new TreeSet<>(values.keySet());
        names.addAll(other.values.keySet());
        return names;
    }

    /** What Hatter's answer differs in from this one, php-fpm's. */
    public List<Difference> differences(Told hatter, String where) {
        List<Difference> differences = new ArrayList<>();
        if (!status.equals(hatter.status)) {
            return List.of(new Difference("answer: status", where, status, hatter.status));
        }
        for (String name : names(hatter)) {
            String its = values.getOrDefault(name, Difference.ABSENT);
            String ours = hatter.values.getOrDefault(name, Difference.ABSENT);
            if (!Objects.equals(its, ours)) {
                differences.add(new Difference(name, where, its, ours));
            }
        }
        return differences;
    }
}
