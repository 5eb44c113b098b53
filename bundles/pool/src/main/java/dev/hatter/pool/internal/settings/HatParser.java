// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code apparmor_hat} and what belongs to it. */
final class HatParser {
    private static final String KEY = "apparmor_hat";
    private static final String ALLOWED = "apparmor_hat.allowed";
    private static final String DEFAULT = "apparmor_hat.default";
    private static final String MAX_CHILDREN = "apparmor_hat.max_children";

    /** At most one parameter: the name of a hat must tell for certain which value it came from. */
    private static final Pattern NAME =
            Pattern.compile("([A-Za-z0-9._@+=/-]*)(?:%\\{([A-Za-z0-9_]+)}([A-Za-z0-9._@+=-]*))?");

    private static final String VALUE = "[A-Za-z0-9._*-]+";

    private final Entries entries;

    HatParser(Entries entries) {
        this.entries = entries;
    }

    /** The hat; null when the pool asks for none. */
    Hat parse() {
        boolean named = entries.has(KEY);
        boolean permissive = entries.value("apparmor_mode", false, HatParser::parseMode);
        Hat hat = entries.value(KEY, null, text -> parseHat(text, permissive));
        if (hat == null && named && !entries.faultsOf(KEY)) {
            // a ${variable} that nobody set must not leave a pool unconfined
            entries.fault(KEY, "", "is empty: name a hat, or leave the key out");
        } else if (hat == null && permissive) {
            entries.fault("apparmor_mode", "complain", "means nothing without apparmor_hat");
        }
        return hat;
    }

    private static boolean parseMode(String text) {
        return switch (text) {
            case "enforce" -> false;
            case "complain" -> true;
            default -> throw new IllegalArgumentException("must be enforce or complain");
        };
    }

    private static Hat parseHat(String text, boolean permissive) {
        Matcher name = NAME.matcher(text);
        if (!name.matches()) {
            throw new IllegalArgumentException("must be a name of letters, digits and . _ @ + = - /, with at most one"
                    + " %{PARAMETER} of the request in it");
        }
        return new Hat(name.group(1), name.group(2), name.group(3), permissive);
    }

    /** The rules; null where the hat is the same for all requests, or where there is none. */
    HatRules rules(Hat hat, PmSettings pm, int maxChildren, int concurrency) {
        List<String> allowed = entries.value(ALLOWED, List.of(), HatParser::parseAllowed);
        String fallback =
                entries.value(DEFAULT, null, text -> parseHat(text, false).toString());
        int most = entries.integer(MAX_CHILDREN, maxChildren, 1, SettingsParser.MAX_CHILDREN);
        if (hat == null || !hat.varies()) {
            refuse(ALLOWED, allowed.isEmpty());
            refuse(DEFAULT, fallback == null);
            refuse(MAX_CHILDREN, most == maxChildren);
            return null;
        }
        if (allowed.isEmpty() && !entries.faultsOf(ALLOWED)) {
            entries.fault(ALLOWED + " is missing: list the values of " + hat.parameter()
                    + " that have a hat; * stands for" + " any part of a value");
        }
        if (fallback != null && fallback.contains("%")) {
            entries.fault(DEFAULT, fallback, "must be the name of one hat");
        }
        if (pm.kind() != PmSettings.Kind.ONDEMAND) {
            entries.fault(
                    KEY,
                    hat.toString(),
                    "needs pm = ondemand: workers of a hat are started when a request asks for it");
        }
        if (most > maxChildren || most % concurrency != 0) {
            entries.fault(
                    MAX_CHILDREN,
                    Integer.toString(most),
                    "must be at most pm.max_children (" + maxChildren + ") and a multiple of worker.concurrency ("
                            + concurrency + ")");
        }
        return new HatRules(allowed, fallback, most);
    }

    private void refuse(String key, boolean missing) {
        if (!missing) {
            entries.fault(key + " means nothing here: apparmor_hat holds no %{PARAMETER}");
        }
    }

    private static List<String> parseAllowed(String text) {
        List<String> values = Arrays.asList(text.split("[\\s,]+"));
        for (String value : values) {
            if (!value.matches(VALUE)) {
                throw new IllegalArgumentException("\"" + value
                        + "\" must be of letters, digits and . _ - *; separate several by commas or blanks");
            }
        }
        return values;
    }
}
