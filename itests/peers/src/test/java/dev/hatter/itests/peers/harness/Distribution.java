// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The distribution as it was built, unpacked once for the test run. */
public final class Distribution {
    private static Path home;

    private Distribution() {}

    public static Path archive() {
        String archive = System.getProperty("hatter.archive");
        if (archive == null || !Files.isRegularFile(Path.of(archive))) {
            throw new AssertionError("hatter.archive = \"" + archive + "\": must be the distribution's tar.gz");
        }
        return Path.of(archive);
    }

    /** The sample configurations of web servers, in the source tree. */
    public static Path samples() {
        return Path.of(System.getProperty("hatter.samples"));
    }

    /** Where it is unpacked. */
    public static synchronized Path home() {
        if (home == null) {
            home = unpack(Scratch.create().directory("dist")); // deleted when the JVM ends
        }
        return home;
    }

    /** Unpacks it once more and returns its root. */
    public static Path unpack(Path directory) {
        Run.check(Duration.ofSeconds(60), "tar", "-xzf", archive().toString(), "-C", directory.toString());
        try (Stream<Path> roots = Files.list(directory)) {
            return roots.reduce((a, b) -> {
                        throw new AssertionError("the archive has more than one root: " + a + " and " + b);
                    })
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting of one of the pools that it comes with, its references to framework properties as they are. */
    public static String setting(String pool, String key) {
        Properties settings = new Properties();
        try {
            settings.load(new StringReader(Files.readString(home().resolve("conf/dev.hatter.pool-" + pool + ".cfg"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings.getProperty(key);
    }

    /** Copies the default configuration but for its pools. */
    public static void copyConfiguration(Path conf) {
        try (Stream<Path> files = Files.list(home().resolve("conf"))) {
            for (Path file : files.filter(file -> !isPool(file)).toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPool(Path file) {
        return file.getFileName().toString().startsWith("dev.hatter.pool-");
    }

    /** Runs {@code bin/hatter} of the unpacked distribution. */
    public static Run command(Map<String, String> environment, List<String> arguments) {
        return Run.run(
                Duration.ofSeconds(60),
                environment,
                Stream.concat(Stream.of(home().resolve("bin/hatter").toString()), arguments.stream())
                        .toList());
    }
}
