// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Gives what differs between two runs by its nature one name: addresses, directories, tokens, times. */
public final class Normal {
    private final Map<Pattern, String> rules = new LinkedHashMap<>();

    /** Replaces that text, also where it is encoded for a URL. */
    public Normal text(Object text, String name) {
        rules.put(Pattern.compile(Pattern.quote(text.toString())), name);
        String encoded = URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
        rules.put(Pattern.compile(Pattern.quote(encoded), Pattern.CASE_INSENSITIVE), name);
        return this;
    }

    /** Replaces what the regular expression finds; the name may refer to its groups ($1). */
    public Normal rule(String regex, String name) {
        rules.put(Pattern.compile(regex), name);
        return this;
    }

    /** Random identifiers and points in time, as most applications write them. */
    public Normal common() {
        return rule("\\b[0-9a-f]{13,}\\b", "HEX")
                .rule("\\b[0-9a-v]{26}\\b", "SESSION")
                .rule("\\b[12]\\d{9}(\\.\\d+)?\\b", "TIME")
                .rule("\\b20\\d\\d(-|\\\\?/)\\d\\d(-|\\\\?/)\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d)?)?", "DATE")
                .rule("\\b\\w{3}, \\d\\d \\w{3} 20\\d\\d \\d\\d:\\d\\d:\\d\\d( GMT| \\+0000)?", "DATE");
    }

    String of(String text) {
        String normal = text;
        for (Map.Entry<Pattern, String> rule : rules.entrySet()) {
            normal = rule.getKey().matcher(normal).replaceAll(rule.getValue());
        }
        return normal;
    }
}
