// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real php-fpm, for comparison. */
public final class PhpFpm implements AutoCloseable {
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final List<String> NAMES = List.of("php-fpm8.2", "php-fpm8.4", "php-fpm8.3", "php-fpm");

    private final Scratch scratch;
    private final Child child;

    private PhpFpm(Scratch scratch, Child child) {
        this.scratch = scratch;
        this.child = child;
    }

    public static Path program() {
        return NAMES.stream()
                .flatMap(name -> Programs.find(name).stream())
                .findFirst()
                .orElseThrow(() -> Programs.missing("php-fpm isn't installed (apt-get install php-fpm)"));
    }

    /** Starts it with those pools, each a file {@code <name>.conf}, and doesn't wait. */
    public static PhpFpm launch(Scratch scratch, Map<String, Map<String, String>> pools) {
        return launch(scratch, Map.of(), pools);
    }

    /** The same, with those variables in its own environment. */
    public static PhpFpm launch(
            Scratch scratch, Map<String, String> environment, Map<String, Map<String, String>> pools) {
        // reloads wait for the requests under way: without, the default, they are killed
        Path conf = scratch.write(
                "php-fpm.conf",
                "[global]\nerror_log = " + scratch.path() + "/fpm.log\nprocess_control_timeout = 10s\ninclude = "
                        + scratch.directory("pool.d") + "/*.conf\n");
        pools.forEach((name, settings) -> write(scratch, name, settings));
        List<String> command = List.of(program().toString(), "-F", "-O", "-y", conf.toString());
        return new PhpFpm(scratch, Child.start("php-fpm", scratch.path(), environment, command));
    }

    private static void write(Scratch scratch, String name, Map<String, String> settings) {
        String user = Machine.workerUser().map("user = %s\n"::formatted).orElse("");
        scratch.write(
                "pool.d/" + name + ".conf",
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining("", "[" + name + "]\n" + user, "")));
    }

    public PhpFpm awaitListening(Backend... addresses) {
        await().atMost(TIME)
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .failFast("php-fpm has ended", () -> !child.isAlive())
                .until(() -> Stream.of(addresses).allMatch(PhpFpm::listens));
        return this;
    }

    public static boolean listens(Backend address) {
        try (var channel = address.connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes a pool's file and reloads all (USR2). */
    public void reload(String name, Map<String, String> settings) {
        write(scratch, name, settings);
        Run.check(TIME, "/bin/kill", "-USR2", "" + pid());
    }

    /** What it says, as the option -O has it. */
    public Path log() {
        return child.log();
    }

    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
