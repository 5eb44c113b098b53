// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.beside.Beside;
import dev.hatter.itests.peers.beside.Difference;
import dev.hatter.itests.peers.beside.Differences;
import dev.hatter.itests.peers.beside.LogLines;
import dev.hatter.itests.peers.beside.Script;
import dev.hatter.itests.peers.beside.Side;
import dev.hatter.itests.peers.beside.Wiring;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Small scripts, each in a pool of its own, asked directly and through nginx: what comes from php-fpm comes from Hatter, byte by
 * byte, and stands in the logs, but for what {@code docs/applications.md} tells.
 */
class ScriptsComparisonIT {
    private static final int AT_LEAST = 60;
    private static final int SCRIPTS_AT_ONCE = 8;

    private static final List<Script> SCRIPTS = Script.all();

    private static Scratch scratch;
    private static Side theirs;
    private static Side ours;
    private static PhpFpm fpm;
    private static Hatter hatter;
    private static FrontServer.Front nginx;
    private static LogLines logs;

    @BeforeAll
    static void start() throws IOException {
        Beside.requirePhp();
        scratch = Scratch.create();
        Path site = scratch.directory("site");
        try (Stream<Path> files = Files.list(Script.resources())) {
            for (Path file :
                    files.filter(file -> !file.toString().endsWith(".conf")).toList()) {
                Files.copy(file, site.resolve(file.getFileName().toString()));
            }
        }
        Path marks = scratch.writable("marks");
        Path sockets = scratch.directory("sockets");
        theirs = new Side("fpm", sockets, site, marks);
        ours = new Side("hatter", sockets, site, marks);
        fpm = PhpFpm.launch(scratch, fpmPools());
        hatter = Hatter.start("scripts-comparison", hatterPools());
        fpm.awaitListening(pools().map(theirs::listen).toArray(Backend[]::new));
        nginx = Wiring.scripts(sockets, marks).start(new FrontServer.Site(site, theirs.listen(Script.COMMON)));
        logs = new LogLines(fpm.log(), hatter.log(), nginx.log());
    }

    private static Stream<String> pools() {
        return SCRIPTS.stream().map(Script::poolName).distinct();
    }

    private static Map<String, Map<String, String>> fpmPools() throws IOException {
        Map<String, Map<String, String>> pools = theirs.pools(SCRIPTS);
        pools.forEach((name, settings) -> {
            settings.put("listen", theirs.listen(name).toString());
            settings.put("listen.mode", "0666");
        });
        return pools;
    }

    private static Pool[] hatterPools() throws IOException {
        List<Pool> pools = new ArrayList<>();
        ours.pools(SCRIPTS).forEach((name, settings) -> {
            Pool pool = new Pool(name, ours.listen(name), 1)
                    .with("command", "php-cgi8.2")
                    .with("php.ini", "fpm");
            settings.forEach(pool::with);
            pools.add(pool);
        });
        return pools.toArray(Pool[]::new);
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                PhpFpm ended = fpm;
                Hatter stopped = hatter;
                FrontServer.Front closed = nginx) {
            Logs.say("stopping");
        }
    }

    @Test
    void answerAsTheyDoUnderPhpFpm() throws Exception {
        assertThat(SCRIPTS).as("scripts").hasSizeGreaterThan(AT_LEAST);
        ExecutorService threads = Executors.newFixedThreadPool(SCRIPTS_AT_ONCE);
        List<Difference> differences = new ArrayList<>();
        try {
            List<Future<List<Difference>>> runs = new ArrayList<>();
            for (Script script : SCRIPTS) {
                runs.add(threads.submit(() -> run(script)));
            }
            for (Future<List<Difference>> run : runs) {
                differences.addAll(run.get());
            }
        } finally {
            threads.shutdownNow();
        }
        differences.addAll(logs());
        Logs.say("%d scripts, %d differences", SCRIPTS.size(), differences.size());
        Differences.compare("ScriptsComparisonIT", differences);
    }

    private static List<Difference> run(Script script) throws IOException {
        List<Difference> differences = new ArrayList<>();
        differences.addAll(compare(script.name(), theirs.askPool(script), ours.askPool(script)));
        differences.addAll(compare(script.name(), theirs.askFront(script, nginx), ours.askFront(script, nginx)));
        return differences;
    }

    private static List<Difference> compare(String where, Map<String, String> fpm, Map<String, String> hatter) {
        List<Difference> differences = new ArrayList<>();
        for (String what : new TreeSet<>(fpm.keySet())) {
            String its = fpm.get(what);
            String other = hatter.get(what);
            if (!its.equals(other)) {
                // what PHP says is put in another way for each of them: told apart from other words
                String form = inOneForm(its).equals(inOneForm(other)) ? ": form" : "";
                differences.add(new Difference(what + form, where, its, other));
            }
        }
        return differences;
    }

    /** Lines in an order of their own, since those of a log are sorted by how they begin. */
    private static String inOneForm(String text) {
        return text.replaceAll("(NOTICE: )?PHP message: ?", "")
                .replaceAll("\\s*(; |\n)\\s*", "\n")
                .replaceAll("\\s*(\"|$) *", "$1")
                .lines()
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** What each wrote of its pools, and nginx of both. */
    private static List<Difference> logs() {
        // a line about a worker's end comes when the worker has ended, which is after its client has heard
        await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(10)).until(logs::areQuiet);
        List<Difference> differences = new ArrayList<>();
        pools().forEach(pool -> {
            List<Script> scripts = SCRIPTS.stream()
                    .filter(script -> script.poolName().equals(pool))
                    .toList();
            differences.addAll(compare(pool, logs.fpm(pool, scripts), logs.hatter(pool, scripts)));
        });
        return differences;
    }
}
