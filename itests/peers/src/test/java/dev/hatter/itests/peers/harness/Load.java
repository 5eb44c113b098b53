// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Load by ab (apache2-utils), which counts requests.
 *
 * @param failed connect, receive and length failures and answers that aren't 2xx
 */
public record Load(int complete, int failed, double perSecond, int p50Millis, int p99Millis) {
    private static final Duration TIME = Duration.ofSeconds(120);

    public static Load run(URI uri, int requests, int clients) {
        String ab = Programs.require("ab", "apache2-utils").toString();
        Run run = Run.run(
                TIME,
                Map.of(),
                List.of(ab, "-q", "-k", "-n", "" + requests, "-c", "" + clients, "-s", "30", uri.toString()));
        if (run.exitCode() != 0) {
            throw new AssertionError("ab " + uri + ": " + run.output());
        }
        return parse(run.output());
    }

    static Load parse(String report) {
        int failed = number(report, "Failed requests").orElse(0)
                + number(report, "Non-2xx responses").orElse(0);
        return new Load(
                number(report, "Complete requests").orElse(0),
                failed,
                number(report, "Requests per second").orElse(0),
                percentile(report, 50),
                percentile(report, 99));
    }

    private static Optional<Integer> number(String report, String label) {
        return find(report, "(?m)^" + label + ": +(\\d+)");
    }

    private static int percentile(String report, int percent) {
        return find(report, "(?m)^ +" + percent + "% +(\\d+)").orElse(-1);
    }

    private static Optional<Integer> find(String report, String regex) {
        Matcher matcher = java.util.regex.Pattern.compile(regex).matcher(report);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    @Override
    public String toString() {
        return "%d requests, %d failed, %.0f/s, p50 %d ms, p99 %d ms"
                .formatted(complete, failed, perSecond, p50Millis, p99Millis);
    }
}
