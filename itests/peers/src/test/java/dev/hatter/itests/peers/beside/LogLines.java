// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Logs;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of logs without what is another each time, sorted, as several come at once. */
public final class LogLines {
    private final Path fpm;
    private final Path hatter;
    private final Path nginx;
    private final int fpmBefore;
    private final int hatterBefore;
    private int seen = -1;

    /** Takes what is written from now on. */
    public LogLines(Path fpm, Path hatter, Path nginx) {
        this.fpm = fpm;
        this.hatter = hatter;
        this.nginx = nginx;
        fpmBefore = Logs.read(fpm).length();
        hatterBefore = Logs.read(hatter).length();
    }

    /** Whether nothing has been written since it was asked before. */
    public boolean areQuiet() {
        int before = seen;
        seen = Logs.read(fpm).length()
                + Logs.read(hatter).length()
                + Logs.read(nginx).length();
        return seen == before;
    }

    public Map<String, String> fpm(String pool, Collection<Script> scripts) {
        return Map.of("log", pool(Logs.read(fpm).substring(fpmBefore), pool), "nginx' log", front("fpm", scripts));
    }

    public Map<String, String> hatter(String pool, Collection<Script> scripts) {
        return Map.of(
                "log", pool(Logs.read(hatter).substring(hatterBefore), pool), "nginx' log", front("hatter", scripts));
    }

    private static String pool(String log, String name) {
        String pool = "[pool " + name + "] ";
        return log.lines()
                .filter(line -> line.contains(pool))
                .map(line -> line.replaceFirst("^\\[[^]]*\\] ", "").replace(pool, ""))
                .map(line -> line.replaceAll("(child|worker) [0-9]+", "$1 N")
                        .replaceAll("after [0-9.]+ seconds", "after N seconds")
                        .replaceAll("\\([0-9.]+ sec\\)", "(N sec)"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** An entry may have several lines. */
    private String front(String side, Collection<Script> scripts) {
        return Stream.of(Logs.read(nginx).split("(?m)^(?=[0-9]{4}/[0-9]{2}/[0-9]{2} )"))
                .filter(entry ->
                        scripts.stream().anyMatch(script -> entry.contains("/" + side + "-" + script.name() + ".sock")))
                .map(entry -> entry.replaceFirst("(?s)^.*?\\] [0-9#]+: \\*[0-9]+ ", "")
                        .replaceFirst("(?s), client: .*", "")
                        .replaceAll("worker [0-9]+", "worker N")
                        .replaceAll("\\([0-9.]+ sec\\)", "(N sec)"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
