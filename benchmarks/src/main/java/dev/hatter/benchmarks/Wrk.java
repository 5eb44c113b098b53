// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs wrk: kept HTTP connections, each of which asks again as soon as it has its answer. */
final class Wrk {
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final Pattern VALUE = Pattern.compile("(\\w+)=(\\d+)");

    private final Path directory;
    private final Path script;

    Wrk(Scratch scratch) {
        this.directory = scratch.path();
        try (InputStream content = Wrk.class.getResourceAsStream("/load.lua")) {
            this.script = scratch.write("load.lua", new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs it to its end.
     *
     * @param paths from 2 on: the script is asked for below /p0, /p1 and so on in turn
     */
    Sample run(URI base, Load load, int paths, int seconds) {
        List<String> command = List.of(
                Programs.require("wrk", "wrk").toString(),
                "-t" + Math.min(2, load.clients()),
                "-c" + load.clients(),
                "-d" + seconds + "s",
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                base.resolve(load.script()).toString());
        Map<String, String> environment = Map.of(
                "BENCH_METHOD", load.method(), "BENCH_BODY_BYTES", "" + load.bodyBytes(), "BENCH_PATHS", "" + paths);
        try (Child child = Session.start("wrk", directory, environment, command)) {
            child.await(Duration.ofSeconds(seconds).plus(SLACK));
            return sample(Logs.read(child.log()), load);
        }
    }

    static Sample sample(String output, Load load) {
        String line = output.lines()
                .filter(text -> text.startsWith("load "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk gave no result: " + output));
        Map<String, Long> values = VALUE.matcher(line)
                .results()
                .collect(Collectors.toMap((MatchResult m) -> m.group(1), (MatchResult m) -> Long.valueOf(m.group(2))));
        double rate = values.get("requests") * 1e6 / values.get("micros");
        Sample sample = new Sample()
                .with(Figure.REQUESTS, rate)
                .with(Figure.P50, values.get("p50") / 1e3)
                .with(Figure.P99, values.get("p99") / 1e3)
                .with(Figure.P999, values.get("p999") / 1e3)
                .with(Figure.FAILED, values.get("failed"));
        return load.megabytes() > 0 ? sample.with(Figure.MEGABYTES, rate * load.megabytes()) : sample;
    }
}
