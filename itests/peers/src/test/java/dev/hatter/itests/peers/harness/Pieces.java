// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The client's side of {@code pieces.php}: whatever it has, it says to the script by a file, without which the script
 * doesn't go on. So nothing of it hangs on a clock.
 */
public final class Pieces {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path gates;
    private final AtomicInteger ids = new AtomicInteger();

    /** @param scratch where the site is; the files lie beside it */
    public Pieces(Scratch scratch) {
        scratch.site("pieces.php", "www/pieces.php");
        gates = scratch.writable("gates");
    }

    /** A request of its own. */
    public Request request(String what) {
        return new Request("r" + ids.incrementAndGet(), what);
    }

    /** One request for the script. */
    public final class Request {
        private final String id;
        private final String what;

        private Request(String id, String what) {
            this.id = id;
            this.what = what;
        }

        public String query() {
            return "id=" + id + "&case=" + what;
        }

        /** Says to the script that the client has something. */
        public void open(String name) {
            try {
                Files.createFile(gates.resolve(id + "-" + name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** How many bytes the script has written to that file. */
        public long size(String name) {
            try {
                Path file = gates.resolve(id + "-" + name);
                return Files.exists(file) ? Files.size(file) : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Says for each piece that it is there, until the answer ends. */
        public Outcome follow(InputStream answer) {
            return read(answer, true);
        }

        /** Only reads. */
        public Outcome read(InputStream answer) {
            return read(answer, false);
        }

        private Outcome read(InputStream answer, boolean says) {
            List<Double> delays = new ArrayList<>();
            List<String> others = new ArrayList<>();
            try (var lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.ISO_8859_1))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("piece ")) {
                        String[] words = line.split(" ", 4);
                        delays.add(millisSince(words[2]));
                        if (says) {
                            open(words[1]);
                        }
                    } else if (line.length() < 1000) { // the rest only has to be read
                        others.add(line);
                    }
                }
                return new Outcome(ending(others, delays.size()), delays, others);
            } catch (IOException e) {
                return new Outcome("cut off after piece " + delays.size() + ": " + e, delays, others);
            }
        }

        private static String ending(List<String> lines, int pieces) {
            String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
            if (last.equals("done")) {
                return Outcome.PASSES;
            }
            return last.startsWith("late") ? last : "ended after piece " + pieces + " with \"" + last + "\"";
        }

        private static double millisSince(String seconds) {
            Instant now = Instant.now();
            return (now.getEpochSecond() + now.getNano() / 1e9 - Double.parseDouble(seconds)) * 1000;
        }

        /** Waits for what the script says by a file. */
        public String awaitEither(String... names) {
            return await("script of " + what)
                    .atMost(PATIENCE)
                    .until(
                            () -> List.of(names).stream()
                                    .filter(name -> Files.exists(gates.resolve(id + "-" + name)))
                                    .findFirst()
                                    .orElse(""),
                            name -> !name.isEmpty());
        }

        /** Waits until the script stands still: it has filled all buffers on its way to a client that doesn't read. */
        public void awaitStandstill() {
            Path progress = gates.resolve(id + "-progress");
            long[] last = {-1};
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                long before = last[0];
                last[0] = Files.exists(progress) ? Files.size(progress) : -1;
                return last[0] > 0 && last[0] == before;
            });
        }
    }

    /**
     * What came of a request.
     *
     * @param text {@link #PASSES}, or what didn't
     * @param delays from each piece's flush to its last byte here, in milliseconds
     * @param others the answer's lines that are no pieces
     */
    public record Outcome(String text, List<Double> delays, List<String> others) {
        public static final String PASSES = "passes";

        public boolean passes() {
            return text.equals(PASSES);
        }

        public static Outcome of(String text) {
            return new Outcome(text, List.of(), List.of());
        }

        @Override
        public String toString() {
            if (delays.isEmpty()) {
                return text;
            }
            double[] sorted =
                    delays.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return "%s, %.1f ms, at most %.1f".formatted(text, sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }
}
