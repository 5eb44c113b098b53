// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Who gets which hat where each request names its own.
 *
 * @param allowed {@code apparmor_hat.allowed}: values of the parameter; "*" stands for any number of letters, digits and
 *     . _ -
 * @param fallback {@code apparmor_hat.default}: the hat of requests whose value isn't allowed, or that has none; null to answer
 *     those with 403
 * @param maxChildren {@code apparmor_hat.max_children}: children of one hat
 */
public record HatRules(List<String> allowed, String fallback, int maxChildren) {
    private static final String SAFE = "[A-Za-z0-9._-]";

    public HatRules {
        allowed = List.copyOf(allowed);
    }

    /** Whether requests with a value may have a hat of their own; made once, asked for each request. */
    public Predicate<String> allowing() {
        List<Pattern> patterns = allowed.stream().map(HatRules::pattern).toList();
        return value ->
                patterns.stream().anyMatch(pattern -> pattern.matcher(value).matches());
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("(?=\\*)|(?<=\\*)")) {
            regex.append(part.equals("*") ? SAFE + "*" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }
}
