// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one unpacks is what runs: the archive, {@code bin/hatter}, the default configuration. */
class DistributionIT {
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration PREPARE = Duration.ofSeconds(180);

    private static Run request(Backend pool, String... arguments) {
        return Distribution.command(
                Map.of(),
                Stream.concat(Stream.of("request", pool.toString()), Stream.of(arguments))
                        .toList());
    }

    @Test
    void theDefaultPoolAnswersWithinTenSeconds() {
        try (Scratch scratch = Scratch.create()) {
            Backend listen = Backend.tcp();
            Path home = Distribution.unpack(scratch.directory("fresh"));
            Path conf = copyDefaults(home, scratch, listen);
            long start = System.nanoTime();
            try (Hatter hatter = Hatter.run("default", home, conf)) {
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> hatter.state("demo").startsWith("active"));
                Logs.say("      active after %d ms", (System.nanoTime() - start) / 1_000_000);

                Run page = request(listen, "/hello");
                assertThat(page.exitCode()).as(page.output()).isZero();
                assertThat(page.output()).contains("Hello from Hatter");
            }
        }
    }

    /** The configuration that comes with it, but for the ports: another Hatter may have them. */
    private static Path copyDefaults(Path home, Scratch scratch, Backend demo) {
        Path conf = scratch.directory("conf");
        try (Stream<Path> files = Files.list(home.resolve("conf"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace("127.0.0.1:9000", demo.toString())
                        .replace("127.0.0.1:9001", Backend.tcp().toString());
                Files.writeString(conf.resolve(file.getFileName()), text);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return conf;
    }

    @Test
    void requestSendsParametersAndBodiesAndTellsFailures() {
        Backend listen = Backend.tcp();
        try (Scratch scratch = Scratch.create();
                Hatter hatter = Hatter.start("request", Pool.responder("demo", listen, 1))) {
            Path body = scratch.write("body", "some text");
            Run page = request(listen, "--param", "X_MINE=its value", "/hello?plain");
            assertThat(page.output()).contains("X_MINE = its value").contains("QUERY_STRING = plain");
            assertThat(request(listen, "--body", body.toString(), "/echo").output())
                    .contains("some text");
            assertThat(request(Backend.tcp(), "/hello").exitCode())
                    .as("nobody listens")
                    .isEqualTo(1);
            assertThat(request(listen, "--nonsense", "/hello").exitCode())
                    .as("a bad option")
                    .isEqualTo(64);
        }
    }

    @Test
    void startsInTheBackgroundSaysItsStatusAndStops() {
        try (Scratch scratch = Scratch.create()) {
            String conf = scratch.directory("conf").toString();
            String run = scratch.path().resolve("run").toString();
            Pool demo = Pool.responder("demo", Backend.tcp(), 1);
            scratch.write("conf/" + demo.file(), demo.text());

            assertThat(command("status", "--run", run).exitCode())
                    .as("status of none")
                    .isEqualTo(3);
            try {
                Run start = command("start", "--conf", conf, "--run", run);
                assertThat(start.exitCode()).as(start.output()).isZero();
                Run status = command("status", "--run", run);
                assertThat(status.exitCode()).as(status.output()).isZero();
                assertThat(status.output()).contains("demo: active, listening on " + demo.listen());
                Run second = command("start", "--conf", conf, "--run", run);
                assertThat(second.exitCode()).as("the same run directory twice").isEqualTo(1);
                assertThat(second.output()).contains(run);
            } finally {
                Run stop = command("stop", "--run", run);
                assertThat(stop.exitCode()).as(stop.output()).isZero();
            }
            assertThat(command("status", "--run", run).exitCode())
                    .as("status after stop")
                    .isEqualTo(3);
            assertThat(command("stop", "--run", run).exitCode())
                    .as("stop of none")
                    .isZero();
        }
    }

    private static Run command(String... arguments) {
        return Distribution.command(Map.of(), List.of(arguments));
    }

    @Test
    void severalRunSideBySide() {
        Pool one = Pool.responder("demo", Backend.tcp(), 1);
        Pool other = Pool.responder("demo", Backend.tcp(), 1);
        try (Hatter first = Hatter.start("first", one);
                Hatter second = Hatter.start("second", other)) {
            second.stop();
            assertThat(first.state("demo")).startsWith("active");
            assertThat(request(one.listen(), "/hello").exitCode()).isZero();
        }
    }

    @Test
    void runsFromAReadOnlyDirectoryWithBlanksInItsPath() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path home = Distribution.unpack(scratch.directory("a path with blanks"));
            Path conf = Files.move(home.resolve("conf"), scratch.path().resolve("conf of it"));
            Files.createSymbolicLink(home.resolve("conf"), conf);
            onlyPool(conf, Pool.responder("demo", Backend.tcp(), 1));
            readOnly(home);
            List<String> before = listing(home);
            try (Hatter hatter = Hatter.run("read only", home, home.resolve("conf"))) {
                hatter.awaitState("demo", "active");
            }
            assertThat(listing(home)).isEqualTo(before);
        }
    }

    private static void onlyPool(Path conf, Pool pool) throws IOException {
        try (Stream<Path> files = Files.list(conf)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(conf.resolve(pool.file()), pool.text());
    }

    /** For root too: what it may write to anyway is told apart by the listing. */
    private static void readOnly(Path tree) {
        Run.check(COMMAND, "chmod", "-R", "a-w", tree.toString());
    }

    /** Names, sizes and times of all files. */
    private static List<String> listing(Path tree) {
        return Run.check(COMMAND, "find", tree.toString(), "-printf", "%p %s %T@ %m\\n")
                .lines()
                .sorted()
                .toList();
    }

    @Test
    void poolFilesTakeEffectAtOnce() throws IOException {
        Pool stays = Pool.responder("stays", Backend.tcp(), 1);
        Pool changes = Pool.responder("changes", Backend.tcp(), 1);
        try (Hatter hatter = Hatter.start("files", stays, changes)) {
            Pool added = Pool.responder("added", Backend.tcp(), 1);
            hatter.add(added);
            assertThat(request(added.listen(), "/hello").exitCode()).isZero();

            Backend moved = Backend.tcp();
            int workers = hatter.workers().size();
            hatter.write(changes.with("listen", moved).with("pm.max_children", 2));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> hatter.state("changes"), state -> state.contains("listening on " + moved));
            await().atMost(Duration.ofSeconds(20)).until(() -> hatter.workers().size() == workers + 1);
            assertThat(request(moved, "/hello").exitCode()).isZero();

            hatter.remove(added);
            assertThat(request(added.listen(), "/hello").exitCode()).isEqualTo(1);
            assertThat(hatter.state("stays")).startsWith("active");
        }
    }

    @Test
    void preparesAClassArchiveAndUsesItWhileNobodyElseCouldHaveWrittenIt() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path home = Distribution.unpack(scratch.directory("prepared"));
            Path conf = demo(scratch);
            assertThat(mapped(home, conf)).as("before it is prepared").isEmpty();

            Path archive = prepare(home);
            assertThat(mapped(home, conf)).containsExactly(archive);

            for (Path written : List.of(archive, archive.getParent())) {
                Run.check(COMMAND, "chmod", "o+w", written.toString());
                assertThat(mapped(home, conf)).as(written + " is anyone's").isEmpty();
                Run.check(COMMAND, "chmod", "o-w", written.toString());
            }
            assertThat(mapped(home, conf)).containsExactly(archive);
        }
    }

    @Test
    void aClassArchiveOfAnotherBuildIsNotUsedAndGoesWithTheNext() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path home = Distribution.unpack(scratch.directory("rebuilt"));
            Path conf = demo(scratch);
            Path stale = prepare(home);

            Path bundle = Path.of(Run.check(COMMAND, "find", home.toString(), "-name", "dev.hatter.pool-*.jar")
                    .strip());
            Files.setLastModifiedTime(bundle, FileTime.fromMillis(0));
            assertThat(mapped(home, conf)).isEmpty();

            Path fresh = prepare(home);
            assertThat(fresh).isNotEqualTo(stale);
            assertThat(mapped(home, conf)).containsExactly(fresh);
        }
    }

    @Test
    void aDamagedClassArchiveIsLeftAsideWithoutAWord() throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path home = Distribution.unpack(scratch.directory("damaged"));
            Path conf = demo(scratch);
            Path archive = prepare(home);
            Files.delete(archive);
            Files.writeString(archive, "no archive");
            try (Hatter hatter = Hatter.run("damaged", home, conf)) {
                hatter.awaitState("demo", "active");
                assertThat(Logs.read(hatter.log()))
                        .doesNotContainIgnoringCase("archive")
                        .doesNotContain("[warning]");
            }
        }
    }

    /** A configuration with a pool "demo". */
    private static Path demo(Scratch scratch) throws IOException {
        Path conf = scratch.directory("conf");
        Pool pool = Pool.responder("demo", Backend.tcp(), 1);
        Files.writeString(conf.resolve(pool.file()), pool.text());
        return conf;
    }

    /** Runs {@code bin/hatter prepare} and returns the one archive that is there then. */
    private static Path prepare(Path home) throws IOException {
        Run.check(PREPARE, home.resolve("bin/hatter").toString(), "prepare");
        try (Stream<Path> archives = Files.list(home.resolve("cache"))) {
            return archives.reduce((a, b) -> {
                        throw new AssertionError("more than one archive: " + a + " and " + b);
                    })
                    .orElseThrow();
        }
    }

    /** The class archives that a Hatter of that distribution has loaded, but for Java's own. */
    private static List<Path> mapped(Path home, Path conf) throws IOException {
        try (Hatter hatter = Hatter.run("archive", home, conf)) {
            hatter.awaitState("demo", "active");
            return Files.readAllLines(Path.of("/proc/" + hatter.process().pid() + "/maps")).stream()
                    .filter(line -> line.contains(home + "/"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .filter(file -> file.toString().endsWith(".jsa"))
                    .distinct()
                    .toList();
        }
    }

    @Test
    void theWorkersRunUnderTheirUser() {
        String user = Machine.workerUser().orElse(Machine.me());
        Pool pool = Pool.responder("user", Backend.tcp(), 2);
        try (Hatter hatter = Hatter.start("user", pool)) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(hatter.workers())
                            .hasSize(2)
                            .allSatisfy(
                                    worker -> assertThat(worker.info().user()).contains(user)));
        }
    }
}
