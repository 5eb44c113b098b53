// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However it ends, no process, socket file or run file stays: neither after a signal, nor after KILL and a new start. */
@Tag("soak")
class StopIT {
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration DYING = Duration.ofSeconds(2);
    private static final int WORKERS = 3;
    /** Worker programs and the framework's storage, both written anew at a start, and locks, which are never deleted. */
    private static final List<String> STAYS = List.of("lib", "cache", "hatter.lock", "sockets/lock");

    private Scratch scratch;
    private Path conf;
    private Path run;
    private List<Pool> pools;

    @BeforeEach
    void prepare() throws IOException {
        scratch = Scratch.create();
        conf = scratch.directory("conf");
        run = scratch.path().resolve("run");
        Path sockets = scratch.writable("sockets");
        Distribution.copyConfiguration(conf);
        pools = List.of(
                Pool.php("alone", new Backend.Unix(sockets.resolve("alone.sock")), WORKERS),
                Pool.php("group", new Backend.Unix(sockets.resolve("group.sock")), 2 * WORKERS)
                        .with("worker.concurrency", 2),
                Pool.php("tcp", Backend.tcp(), WORKERS));
        for (Pool pool : pools) {
            Files.writeString(conf.resolve(pool.file()), pool.text());
        }
    }

    @AfterEach
    void clean() {
        scratch.close();
    }

    @Test
    void afterTerm() {
        ended("TERM", child -> signal(child, "TERM"));
    }

    @Test
    void afterInt() {
        ended("INT", child -> signal(child, "INT"));
    }

    @Test
    void afterStop() {
        ended("bin/hatter stop", child -> {
            Run stop = Distribution.command(Map.of(), List.of("stop", "--run", run.toString()));
            assertThat(stop.exitCode()).as(stop.output()).isZero();
        });
    }

    @Test
    void afterKillAndANewStart() {
        List<ProcessHandle> orphans;
        try (Child child = start()) {
            orphans = family(child);
            signal(child, "KILL");
            child.await(COMMAND);
        }
        try (Child child = start()) {
            await("the killed one's workers gone")
                    .untilAsserted(() -> assertThat(orphans).noneMatch(ProcessHandle::isAlive));
            assertThat(sockets()).as("workers' sockets").hasSize(3 * WORKERS);
            finish("KILL, a new start and TERM", child, it -> signal(it, "TERM"));
        }
    }

    private void ended(String how, Consumer<Child> end) {
        try (Child child = start()) {
            finish(how, child, end);
        }
    }

    private void finish(String how, Child child, Consumer<Child> end) {
        List<ProcessHandle> family = family(child);
        Watch watch = new Watch();
        end.accept(child);
        int code = child.await(COMMAND);
        Logs.say("%s: %d processes, ended with code %d after %d ms", how, family.size(), code, watch.millis());
        // killed with it, children of a group are waited for by init
        await("no process after " + how)
                .atMost(DYING)
                .untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
        assertThat(leftovers()).as("run files after " + how).isEmpty();
        assertThat(pools.stream().map(Pool::listen).filter(StopIT::isThere))
                .as("sockets after " + how)
                .isEmpty();
    }

    private static boolean isThere(Backend listen) {
        return listen instanceof Backend.Unix unix ? Files.exists(unix.path()) : PhpFpm.listens(listen);
    }

    private Child start() {
        String program = Distribution.home().resolve("bin/hatter").toString();
        // a shell starts what runs in the background with some signals ignored, and none of these ends what ignores it
        List<String> command =
                List.of("env", "--default-signal=INT,HUP,QUIT", program, "run", "--conf", "" + conf, "--run", "" + run);
        Child child = Child.start("hatter-stop", scratch.path(), Map.of(), command);
        try {
            await().atMost(Duration.ofSeconds(30))
                    .failFast("Hatter has ended", () -> !child.isAlive())
                    .until(() -> new Proc(child.pid()).children().size() == 3 * WORKERS && allActive());
            return child;
        } catch (RuntimeException | Error e) {
            child.close();
            throw e;
        }
    }

    private boolean allActive() throws IOException {
        for (Pool pool : pools) {
            Path state = run.resolve("pools").resolve(pool.name());
            if (!Files.exists(state) || !Files.readString(state).startsWith("active")) {
                return false;
            }
        }
        return true;
    }

    private static List<ProcessHandle> family(Child child) {
        List<ProcessHandle> family = new ArrayList<>(child.family());
        assertThat(family).as("itself, workers, and children of groups").hasSizeGreaterThan(3 * WORKERS);
        return family;
    }

    private static void signal(Child child, String signal) {
        Run.check(COMMAND, "/bin/kill", "-" + signal, "" + child.pid());
    }

    private List<Path> leftovers() {
        return files(run).stream()
                .filter(file -> STAYS.stream().noneMatch(file::startsWith))
                .toList();
    }

    private List<Path> sockets() {
        return files(run.resolve("sockets")).stream()
                .filter(file -> file.toString().endsWith(".sock"))
                .toList();
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(directory::relativize)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
