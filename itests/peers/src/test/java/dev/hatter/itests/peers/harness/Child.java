// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that a test has started: ended, with all that it started, when the test or the test run is over. */
public final class Child implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Set<Child> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Child::kill)));
    }

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        RUNNING.add(this);
    }

    /** Starts it with stdout and stderr in a log file of that name. */
    public static Child start(String name, Path directory, Map<String, String> environment, List<String> command) {
        Path log = Logs.create(name);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new Child(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** It and every process below it, now. */
    public List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Waits for its end. */
    public int await(Duration time) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("process " + pid() + " doesn't end in " + time + ": " + Logs.tail(log));
            }
            RUNNING.remove(this);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end (TERM) and waits. */
    public int terminate() {
        process.destroy();
        return await(GRACE);
    }

    @Override
    public void close() {
        List<ProcessHandle> family = family();
        try {
            terminate();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
            kill();
        }
    }

    private void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }
}
