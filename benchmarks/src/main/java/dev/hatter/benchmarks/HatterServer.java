// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The built distribution, with pools of php-cgi. */
final class HatterServer implements Server {
    private static final Duration READY = Duration.ofSeconds(60);

    private final Scratch scratch = Scratch.create();
    private final Child child;

    /** @param home of an unpacked distribution */
    HatterServer(String name, Path home, Php php, List<Pool> pools) {
        try {
            Path conf = scratch.directory("conf");
            Distribution.copyConfiguration(conf);
            pools.forEach(pool -> scratch.write("conf/dev.hatter.pool-" + pool.name() + ".cfg", text(pool, php)));
            child = Session.start(
                    "hatter-" + name,
                    scratch.path(),
                    Map.of(),
                    List.of(
                            home.resolve("bin/hatter").toString(),
                            "run",
                            "--conf",
                            conf.toString(),
                            "--run",
                            run().toString()));
            await().atMost(READY)
                    .failFast("Hatter has ended", () -> !child.isAlive())
                    .until(() -> pools.stream().allMatch(this::isActive));
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private Path run() {
        return scratch.path().resolve("run");
    }

    private boolean isActive(Pool pool) {
        try {
            return Files.readString(run().resolve("pools").resolve(pool.name())).startsWith("active");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static String text(Pool pool, Php php) {
        StringBuilder text = new StringBuilder(pool.text());
        text.append("command = ").append(String.join(" ", php.cgiCommand())).append('\n');
        php.environment()
                .forEach((name, value) -> text.append("env[")
                        .append(name)
                        .append("] = ")
                        .append(value)
                        .append('\n'));
        return text.toString();
    }

    @Override
    public Processes processes() {
        return new Processes(child.pid());
    }

    @Override
    public void close() {
        try (scratch;
                child) {
            // both, whatever happens
        }
    }
}
