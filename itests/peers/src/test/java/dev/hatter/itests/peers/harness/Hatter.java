// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A running Hatter with configuration and run directory of its own. */
public final class Hatter implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration REAPED = Duration.ofSeconds(5);
    /** Worker programs and the framework's storage, both written anew at a start, and locks, which are never deleted. */
    private static final List<String> STAYS = List.of("lib", "cache", "hatter.lock", "sockets/lock");

    private final Scratch scratch = Scratch.create();
    private final Path conf;
    private final Path run = scratch.path().resolve("run");
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private Child process;

    private Hatter(Path conf) {
        this.conf = conf == null ? scratch.directory("conf") : conf;
    }

    /** Starts one and waits until those pools are active. */
    public static Hatter start(String name, Pool... pools) {
        return start(name, Map.of(), pools);
    }

    public static Hatter start(String name, Map<String, String> environment, Pool... pools) {
        Hatter hatter = new Hatter(null);
        try {
            Distribution.copyConfiguration(hatter.conf);
            Stream.of(pools).forEach(hatter::write);
            hatter.launch(name, Distribution.home(), environment);
            hatter.awaitActive(pools);
            return hatter;
        } catch (RuntimeException | Error e) {
            hatter.abandon(e);
            throw e;
        }
    }

    /** Starts that distribution with that configuration directory, and doesn't wait. */
    public static Hatter run(String name, Path home, Path conf) {
        Hatter hatter = new Hatter(conf);
        try {
            hatter.launch(name, home, Map.of());
            return hatter;
        } catch (RuntimeException | Error e) {
            hatter.abandon(e);
            throw e;
        }
    }

    private void launch(String name, Path home, Map<String, String> environment) {
        process = Child.start("hatter-" + name, scratch.path(), environment, command(home, "run"));
    }

    private List<String> command(Path home, String verb) {
        return List.of(home.resolve("bin/hatter").toString(), verb, "--conf", conf.toString(), "--run", run.toString());
    }

    private void abandon(Throwable reason) {
        try (scratch) {
            if (process != null) {
                process.close();
            }
        } catch (RuntimeException | Error e) {
            reason.addSuppressed(e);
        }
    }

    /** Writes the pool's file, whole at once as an editor does, whether it was there or not. */
    public void write(Pool pool) {
        try {
            Path whole = Files.writeString(scratch.path().resolve("new.cfg"), pool.text());
            Files.move(whole, conf.resolve(pool.file()), StandardCopyOption.ATOMIC_MOVE);
            pools.put(pool.name(), pool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds or changes a pool, waits until it is active and says where it listens. */
    public Backend add(Pool added) {
        write(added);
        awaitActive(added);
        return added.listen();
    }

    /** Where the pool of that name listens, if there is one. */
    public Optional<Backend> pool(String pool) {
        return Optional.ofNullable(pools.get(pool)).map(Pool::listen);
    }

    /** Deletes the pool's file and waits until the pool is gone. */
    public void remove(Pool pool) {
        try {
            Files.deleteIfExists(conf.resolve(pool.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("pool " + pool.name() + " gone")
                .atMost(READY)
                .until(() -> state(pool.name()).isEmpty());
        pools.remove(pool.name());
    }

    /** The pool's state as the run directory has it; empty when there is none. */
    public String state(String pool) {
        try {
            return Files.readString(run.resolve("pools").resolve(pool)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    public void awaitActive(Pool... awaited) {
        for (Pool pool : awaited) {
            awaitState(pool.name(), "active");
        }
    }

    /** Waits until the pool's state begins so. */
    public String awaitState(String pool, String beginning) {
        try {
            await().atMost(READY)
                    .failFast("Hatter has ended", () -> !process.isAlive())
                    .until(() -> state(pool).startsWith(beginning));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "pool " + pool + " isn't " + beginning + " but \"" + state(pool) + "\"; " + Logs.tail(log()), e);
        }
        return state(pool);
    }

    public Path conf() {
        return conf;
    }

    public Path run() {
        return run;
    }

    public Path log() {
        return process.log();
    }

    public Child process() {
        return process;
    }

    /** The workers and what they started. */
    public List<ProcessHandle> workers() {
        return process.family().stream()
                .filter(handle -> handle.pid() != process.pid())
                .toList();
    }

    /** Stops it (TERM) and looks whether anything is left. */
    public void stop() {
        List<ProcessHandle> family = new ArrayList<>(process.family());
        assertThat(process.terminate()).as("exit code after TERM; %s", log()).isZero();
        // the children of a worker have been killed by then, but it is init that reaps them
        await("processes left after TERM")
                .atMost(REAPED)
                .untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
        assertThat(leftovers()).as("files left after TERM").isEmpty();
        assertThat(pools.values().stream().map(Pool::listen).filter(Hatter::answers))
                .as("sockets left after TERM")
                .isEmpty();
    }

    private List<Path> leftovers() {
        if (!Files.isDirectory(run)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(run::relativize)
                    .filter(file -> STAYS.stream().noneMatch(file::startsWith))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(Backend listen) {
        if (listen instanceof Backend.Unix unix) {
            return Files.exists(unix.path());
        }
        try (var channel = listen.connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (scratch;
                Child ended = process) {
            if (ended.isAlive()) {
                stop();
            }
        }
    }
}
