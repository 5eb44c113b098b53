// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of HTML as it takes to fill in forms that programs have written. */
final class Html {
    private Html() {}

    /** The attribute's value; empty for one without, e.g. {@code checked}. */
    static Optional<String> attribute(String tag, String name) {
        Matcher matcher = Pattern.compile("\\s" + Pattern.quote(name) + "(?:=(?:\"([^\"]*)\"|'([^']*)')|(?=[\\s/>]))")
                .matcher(tag);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String value = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return Optional.of(value == null ? "" : plain(value));
    }

    /** The text that is meant. */
    static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#039;", "'")
                .replace("&amp;", "&");
    }
}
