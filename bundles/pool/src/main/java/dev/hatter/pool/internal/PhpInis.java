// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.process.LaunchException;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.Launcher;
import dev.hatter.process.Signal;
import dev.hatter.process.WorkerProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which php.ini a pool's php-cgi takes. php-cgi itself is asked, as the pool's user and in the background; one after the
 * other, and once for all pools that start it alike within a minute. Nothing depends on the answer.
 */
final class PhpInis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PhpInis.class);

    private static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long ANSWER_SECONDS = 10;
    private static final int BACKLOG = 1;

    /** A worker's descriptor 0 is a socket, upon which php-cgi answers no questions. */
    private static final List<String> WITHOUT_SOCKET = List.of("/bin/sh", "-c", "exec \"$@\" </dev/null", "sh");

    private static final Pattern FILE = row("Loaded Configuration File");
    private static final Pattern DIRECTORY = row("Scan this dir for additional \\.ini files");

    private final Executor turns;
    private final Map<Way, Answer> answers = new ConcurrentHashMap<>();
    private final Set<WorkerProcess> asked = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What decides which php.ini it is. */
    private record Way(List<String> command, String file, String directory) {
        static Way of(LaunchSettings launch) {
            return new Way(
                    question(launch.command()),
                    launch.environment().get("PHPRC"),
                    launch.environment().get("PHP_INI_SCAN_DIR"));
        }

        /** The program, with those of its options that count here. */
        private static List<String> question(List<String> command) {
            List<String> question = new ArrayList<>(command.subList(0, 1));
            for (int i = 1; i < command.size(); i++) {
                String option = command.get(i);
                if (option.startsWith("-c") || option.startsWith("-n")) {
                    question.add(option);
                    if (option.equals("-c") && i + 1 < command.size()) {
                        question.add(command.get(++i));
                    }
                } else if (option.equals("-d")) {
                    i++;
                }
            }
            question.add("-i");
            return question;
        }
    }

    private record Answer(CompletableFuture<String> text, long since) {
        boolean isFresh() {
            return System.nanoTime() - since < LIFETIME_NANOS;
        }
    }

    /** @param turns runs what blocks, one task after the other */
    PhpInis(Executor turns) {
        this.turns = turns;
    }

    private static Pattern row(String name) {
        return Pattern.compile(name + " *</td><td class=\"v\">([^<]*?) *</td>");
    }

    /**
     * Writes it to the log, soon. Doesn't block. Where the pool's programs see other files than Hatter does, or may not do
     * all that php-cgi may, nothing is asked.
     */
    void tell(Launcher launcher, PoolSettings settings) {
        LaunchSettings launch = settings.launch();
        if (!launch.phpCgi() || launch.chroot() != null || launch.hat() != null) {
            return;
        }
        answers.compute(
                        Way.of(launch),
                        (way, known) -> known != null && known.isFresh() ? known : ask(launcher, settings, way))
                .text()
                .whenComplete((text, failure) -> {
                    if (failure == null) {
                        LOG.info("[pool {}] {}", settings.name(), text);
                    } else {
                        LOG.debug("[pool {}] php.ini isn't known: {}", settings.name(), failure.getMessage());
                    }
                });
    }

    private Answer ask(Launcher launcher, PoolSettings settings, Way way) {
        CompletableFuture<String> text = new CompletableFuture<>();
        turns.execute(() -> {
            try {
                text.complete(ask(launcher, settings.name(), settings.launch(), way));
            } catch (LaunchException | ExecutionException | TimeoutException | RuntimeException e) {
                text.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                text.completeExceptionally(e);
            }
        });
        return new Answer(text, System.nanoTime());
    }

    private String ask(Launcher launcher, String pool, LaunchSettings launch, Way way)
            throws LaunchException, ExecutionException, TimeoutException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("Hatter stops");
        }
        List<String> command = new ArrayList<>(WITHOUT_SOCKET);
        command.addAll(way.command());
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.remove("PHP_FCGI_CHILDREN");
        environment.putIfAbsent("PATH", Objects.requireNonNullElse(System.getenv("PATH"), ""));
        Map<Pattern, String> found = new ConcurrentHashMap<>();
        WorkerProcess process = launcher.launch(new LaunchSpec(
                "php.ini of pool " + pool,
                command,
                environment,
                null,
                null,
                launch.identity(),
                launch.limits(),
                null,
                BACKLOG,
                (from, stream, line) -> look(line, found)));
        asked.add(process);
        try {
            if (closed) {
                process.signalGroup(Signal.KILL);
            }
            process.exit().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.signalGroup(Signal.KILL);
            asked.remove(process);
        }
        if (!found.containsKey(FILE)) {
            throw new IllegalStateException(String.join(" ", way.command()) + " doesn't tell");
        }
        return "php.ini: " + found.get(FILE) + ", scan directory: " + found.getOrDefault(DIRECTORY, "(none)");
    }

    private static void look(String line, Map<Pattern, String> found) {
        for (Pattern row : List.of(FILE, DIRECTORY)) {
            Matcher value = row.matcher(line);
            if (value.find()) {
                found.putIfAbsent(row, value.group(1));
            }
        }
    }

    /** Asks nothing any more, and ends who is being asked. */
    @Override
    public void close() {
        closed = true;
        asked.forEach(process -> process.signalGroup(Signal.KILL));
    }
}
