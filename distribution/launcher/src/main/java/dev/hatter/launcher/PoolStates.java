// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pools' states, a line each, as the pools write them into the run directory. */
final class PoolStates {
    private static final Pattern CONFIGURATION = Pattern.compile("dev\\.hatter\\.pool-(.+)\\.cfg");
    private static final long LOOK_MILLIS = 20;

    private final Path conf;
    private final Path pools;

    PoolStates(Path conf, Path pools) {
        this.conf = conf;
        this.pools = pools;
    }

    /** Waits until each configured pool has said what became of it, and starts no more, but no longer than that. */
    Map<String, String> await(Duration most) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        Set<String> configured = configured();
        Set<String> awaited = new HashSet<>(configured);
        removeSettled(awaited);
        while (!awaited.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MILLIS);
            removeSettled(awaited);
        }
        Map<String, String> states = read();
        for (String name : configured) {
            states.putIfAbsent(name, "has not said anything yet");
        }
        return states;
    }

    /** Reads no file twice of a pool that has settled: of a thousand pools, most have while the last ones start. */
    private void removeSettled(Set<String> awaited) throws IOException {
        Map<String, String> states = read(awaited::contains);
        states.values().removeIf(state -> state.startsWith("starting"));
        awaited.removeAll(states.keySet());
    }

    private Set<String> configured() throws IOException {
        try (Stream<Path> files = Files.list(conf)) {
            return files.map(file -> CONFIGURATION.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
        }
    }

    Map<String, String> read() throws IOException {
        return read(name -> true);
    }

    private Map<String, String> read(Predicate<String> wanted) throws IOException {
        Map<String, String> states = new TreeMap<>();
        if (!Files.isDirectory(pools)) {
            return states;
        }
        try (Stream<Path> files = Files.list(pools)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (wanted.test(file.getFileName().toString())) {
                    put(states, file);
                }
            }
        }
        return states;
    }

    private static void put(Map<String, String> states, Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            if (!name.startsWith(".")) {
                states.put(name, Files.readString(file).strip());
            }
        } catch (NoSuchFileException e) {
            // the pool has gone meanwhile
        }
    }
}
