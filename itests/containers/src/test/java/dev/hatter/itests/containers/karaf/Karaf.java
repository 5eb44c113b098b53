// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.Kar;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Karaf as it is downloaded, in a process of its own, with a user at its console. */
final class Karaf implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);

    /** It is drawn again while a command works, so that what the command prints may stand behind it. */
    private static final String PROMPT = "karaf@root\\(\\)> *";

    private final Scratch scratch = Scratch.create();
    private final Path home;
    private final Path output;
    private final Process process;
    private final OutputStream keyboard;

    private Karaf() throws IOException {
        Run.check(
                Duration.ofSeconds(60),
                "tar",
                "-xzf",
                System.getProperty("hatter.karaf"),
                "-C",
                scratch.directory("karaf").toString());
        try (Stream<Path> roots = Files.list(scratch.path().resolve("karaf"))) {
            home = roots.findFirst().orElseThrow();
        }
        installArtifacts();
        output = Logs.create("karaf");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TERM", "dumb");
        process = builder.start();
        keyboard = process.getOutputStream();
    }

    /** Starts it and waits for its prompt, and for its commands, which come later. */
    static Karaf start() throws IOException {
        Karaf karaf = new Karaf();
        karaf.awaitOutput("karaf@root");
        karaf.ask("feature:repo-list");
        return karaf;
    }

    /**
     * "mvn install" would put our artifacts into ~/.m2: here they are in a local repository of this Karaf's own. What Karaf
     * itself lacks comes from where Maven has it.
     */
    private void installArtifacts() throws IOException {
        Kar local = new Kar(scratch.directory("m2"));
        Files.writeString(
                home.resolve("etc/org.ops4j.pax.url.mvn.cfg"),
                """

                org.ops4j.pax.url.mvn.localRepository = %s
                org.ops4j.pax.url.mvn.repositories = %s
                """.formatted(local.repository(), Kar.otherRepositories()),
                StandardOpenOption.APPEND);
    }

    Path file(String name) {
        return home.resolve(name);
    }

    /** Types a line. */
    void type(String line) {
        try {
            keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("\"" + line + "\" can't be typed any more; see " + output, e);
        }
    }

    /** Types a command, again until there is one of that name, and returns what it prints. */
    String ask(String command) {
        return await(command).atMost(READY).until(() -> once(command), answer -> !answer.contains("Command not found"));
    }

    private String once(String command) {
        int before = text().length();
        String end = "end-of-" + System.nanoTime();
        type(command);
        type("echo " + end);
        // a line of its own when it is printed, part of one where it is typed
        return await(command).atMost(READY).until(() -> answer(before), answer -> answer.contains("\n" + end + "\n"));
    }

    private String answer(int from) {
        return text().substring(from).replaceAll(PROMPT, "");
    }

    void awaitOutput(String part) {
        await(part).atMost(READY).until(() -> text().contains(part));
    }

    /** All it has printed, without what is meant for a terminal. */
    private String text() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1)
                    .replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")
                    .replace('\r', '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its log, which it writes to a file. */
    String log() {
        try {
            return Files.readString(file("data/log/karaf.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String part) {
        await(part).atMost(READY).until(() -> log().contains(part));
    }

    /** The number of that bundle. */
    long bundle(String symbolicName) {
        Matcher number = Pattern.compile("\n(\\d+)\n").matcher(ask("bundle:id " + symbolicName));
        if (!number.find()) {
            throw new AssertionError("no bundle " + symbolicName + " is installed");
        }
        return Long.parseLong(number.group(1));
    }

    /** Calls a method of that bundle; works without the commands, too, which leave with ConfigAdmin. */
    void call(long bundle, String method) {
        ask("($.context getBundle " + bundle + ") " + method);
    }

    /** The workers that it has. */
    List<ProcessHandle> workers() {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("/workers/responder.jar"))
                .toList();
    }

    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        try (scratch) {
            type("shutdown -f");
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Karaf doesn't end; see " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
