// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a manager holds.
 *
 * @param histogram of its heap, after a full collection
 */
public record Footprint(int descriptors, int threads, int children, long heap, int rssMegabytes, String histogram) {
    public static Footprint of(Proc manager) {
        String histogram = manager.histogram();
        return new Footprint(
                manager.descriptors(),
                manager.threads(),
                manager.children().size(),
                Proc.liveBytes(histogram),
                manager.rssMegabytes(),
                histogram);
    }

    /** Which classes have grown most since, a line each. */
    public String growth(Footprint before) {
        Map<String, Long> then = before.bytes();
        Map<String, Long> grown = new HashMap<>();
        bytes().forEach((name, bytes) -> grown.put(name, bytes - then.getOrDefault(name, 0L)));
        return grown.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(8)
                .map(entry -> "%+d bytes %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    private Map<String, Long> bytes() {
        Map<String, Long> bytes = new HashMap<>();
        histogram
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(words -> words[0].endsWith(":"))
                .forEach(words -> {
                    // "12:  345  67890  java.lang.String (module)"
                    if (words.length > 3) {
                        bytes.merge(words[3], Long.valueOf(words[2]), Long::sum);
                    }
                });
        return bytes;
    }

    @Override
    public String toString() {
        return "%d descriptors, %d threads, %d children, heap %.2f MB, RSS %d MB"
                .formatted(descriptors, threads, children, heap / 1e6, rssMegabytes);
    }
}
