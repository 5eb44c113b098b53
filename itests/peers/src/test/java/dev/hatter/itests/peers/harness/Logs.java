// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the processes' output is kept, for who looks for the reason of a failure. */
public final class Logs {
    private static final Path DIRECTORY = Path.of(System.getProperty("hatter.logs", "target/peers-logs"));
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int TAIL = 4000;

    private Logs() {}

    /** A new file for the output of a process. */
    public static Path create(String name) {
        try {
            Files.createDirectories(DIRECTORY);
            Path log = DIRECTORY.resolve("%03d-%s.log".formatted(COUNT.incrementAndGet(), name));
            Files.deleteIfExists(log);
            return Files.createFile(log).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("no log file in " + DIRECTORY.toAbsolutePath(), e);
        }
    }

    public static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name and its last lines. */
    public static String tail(Path log) {
        String text = read(log);
        return log + ":\n" + text.substring(Math.max(0, text.length() - TAIL));
    }

    /** A line about how it goes. */
    public static void say(String format, Object... values) {
        System.out.printf("%s  %s%n", LocalTime.now().truncatedTo(ChronoUnit.SECONDS), format.formatted(values));
        System.out.flush();
    }
}
