// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        Map<String, String> states = read();
        while (!isSettled(states, configured) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MILLIS);
            states = read();
        }
        for (String name : configured) {
            states.putIfAbsent(name, "has not said anything yet");
        }
        return states;
    }

    private static boolean isSettled(Map<String, String> states, Set<String> configured) {
        return states.keySet().containsAll(configured)
                && states.values().stream().noneMatch(state -> state.startsWith("starting"));
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
        Map<String, String> states = new TreeMap<>();
        if (!Files.isDirectory(pools)) {
            return states;
        }
        try (Stream<Path> files = Files.list(pools)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                put(states, file);
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
