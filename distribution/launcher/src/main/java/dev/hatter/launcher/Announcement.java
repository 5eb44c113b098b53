// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Hatter says once it is up: who it is, what listens where, what to try. */
final class Announcement {
    private static final Pattern LISTENING = Pattern.compile("active, listening on (\\S+?),?(\\s.*)?");

    private Announcement() {}

    static List<String> lines(Settings settings, String version, long pid, Map<String, String> pools) {
        List<String> lines = new ArrayList<>();
        lines.add("hatter " + version + " is running, pid " + pid);
        lines.add("configuration in " + settings.conf() + ", run directory " + settings.run());
        pools.forEach((name, state) -> lines.add("[pool " + name + "] " + brief(state)));
        if (pools.isEmpty()) {
            lines.add("no pool is configured: put a dev.hatter.pool-NAME.cfg into " + settings.conf());
        }
        tip(settings.home(), pools, lines);
        lines.add("ready to handle connections");
        return lines;
    }

    /** Why a pool was refused has just been said. */
    private static String brief(String state) {
        return state.startsWith("refused: ") ? "refused, see above" : state;
    }

    private static void tip(Path home, Map<String, String> pools, List<String> lines) {
        for (String state : pools.values()) {
            Matcher listening = LISTENING.matcher(state);
            if (listening.matches()) {
                lines.add("try: " + quoted(home.resolve("bin/hatter")) + " request " + listening.group(1) + " /hello");
                return;
            }
        }
    }

    private static String quoted(Path path) {
        String text = path.toString();
        return text.matches("[A-Za-z0-9/._+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
