// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A run of wrk: kept HTTP connections, each of which asks again as soon as it has its answer. */
public final class Wrk implements AutoCloseable {
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final Pattern VALUE = Pattern.compile("(\\w+)=(\\d+)");

    private final Child child;
    private final Duration time;

    private Wrk(Child child, Duration time) {
        this.child = child;
        this.time = time;
    }

    /** Starts it in the background. */
    public static Wrk start(Path directory, URI uri, String method, int connections, Duration time) {
        List<String> command = List.of(
                Programs.require("wrk", "wrk").toString(),
                "-t" + Math.min(2, connections),
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "--timeout",
                "10s",
                "-s",
                script(directory).toString(),
                uri.toString());
        return new Wrk(Child.start("wrk", directory, Map.of("SOAK_METHOD", method), command), time);
    }

    private static Path script(Path directory) {
        Path script = directory.resolve("report.lua");
        try (InputStream content = Wrk.class.getResourceAsStream("/report.lua")) {
            if (!Files.exists(script)) {
                Files.copy(content, script);
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isRunning() {
        return child.isAlive();
    }

    /** Waits for its end. */
    public Result await() {
        child.await(time.plus(SLACK));
        String line = Logs.read(child.log())
                .lines()
                .filter(text -> text.startsWith("soak "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("wrk gave no result: " + Logs.tail(child.log())));
        Map<String, Long> values = VALUE.matcher(line)
                .results()
                .collect(Collectors.toMap((MatchResult m) -> m.group(1), (MatchResult m) -> Long.valueOf(m.group(2))));
        return new Result(values);
    }

    @Override
    public void close() {
        child.close();
    }

    /** What it counted. */
    public record Result(Map<String, Long> values) {
        public long requests() {
            return values.get("requests");
        }

        public long connectionErrors() {
            return values.get("connect") + values.get("read") + values.get("write");
        }

        /** Answers that took longer than ten seconds, or never came. */
        public long timeouts() {
            return values.get("timeout");
        }

        public long badStatuses() {
            return values.get("status");
        }

        @Override
        public String toString() {
            return "%d requests (%.0f/s), %d non-2xx, %d connection errors, %d timeouts, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                    .formatted(
                            requests(),
                            requests() * 1e6 / values.get("micros"),
                            badStatuses(),
                            connectionErrors(),
                            timeouts(),
                            values.get("p50") / 1e3,
                            values.get("p99") / 1e3,
                            values.get("max") / 1e3);
        }
    }
}
