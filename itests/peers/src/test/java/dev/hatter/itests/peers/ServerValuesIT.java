// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.beside.Beside;
import dev.hatter.itests.peers.beside.Difference;
import dev.hatter.itests.peers.beside.Differences;
import dev.hatter.itests.peers.beside.Question;
import dev.hatter.itests.peers.beside.RawHttp;
import dev.hatter.itests.peers.beside.Switch;
import dev.hatter.itests.peers.beside.Told;
import dev.hatter.itests.peers.beside.ValuesSite;
import dev.hatter.itests.peers.beside.Wiring;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a script reads about its request and its settings, through several web servers, with php-fpm behind and then with Hatter
 * behind the same running web server: the same, but for what {@code docs/applications.md} tells.
 */
class ServerValuesIT {
    private static final int AT_LEAST = 5_000;
    private static final int FRONTS_AT_ONCE = 3;
    /** The pool that has no key {@code php.ini}. */
    private static final String OWN_INI = "own";

    private static final Map<String, String> ENVIRONMENT = Map.of("OUTSIDE", "from outside");

    private static Scratch scratch;
    private static Path root;
    private static Hatter hatter;
    private static PhpFpm fpm;

    /** The settings of each pool, the same in php-fpm's file and in Hatter's. */
    private static Map<String, Map<String, String>> pools() {
        Map<String, Map<String, String>> pools = new LinkedHashMap<>();
        pools.put("plain", Map.of());
        pools.put("nofix", Map.of("php_admin_value[cgi.fix_pathinfo]", "0"));
        pools.put("set", ValuesSite.settings(scratch));
        pools.put("whole", Map.of("clear_env", "no"));
        pools.put(OWN_INI, Map.of());
        return pools;
    }

    @BeforeAll
    static void start() {
        Beside.requirePhp();
        Wiring.all().forEach(Wiring::program); // without one of them the list can't be whole
        scratch = Scratch.create();
        scratch.writable("marks");
        root = ValuesSite.create(scratch);
        Map<String, Map<String, String>> theirs = new LinkedHashMap<>();
        List<Pool> ours = new ArrayList<>();
        pools().forEach((name, settings) -> {
            theirs.put(name, fpmPool(name, settings));
            ours.add(hatterPool(name, settings));
        });
        fpm = PhpFpm.launch(scratch, ENVIRONMENT, theirs);
        fpm.awaitListening(pools().keySet().stream().map(ServerValuesIT::fpm).toArray(Backend[]::new));
        hatter = Hatter.start("values", ENVIRONMENT, ours.toArray(Pool[]::new));
    }

    private static Map<String, String> fpmPool(String name, Map<String, String> settings) {
        Map<String, String> pool = new LinkedHashMap<>();
        pool.put("listen", fpm(name).toString());
        pool.put("listen.mode", "0666");
        pool.put("pm", "static");
        pool.put("pm.max_children", "2");
        pool.putAll(settings);
        return pool;
    }

    private static Pool hatterPool(String name, Map<String, String> settings) {
        Pool pool = new Pool(name, hatter(name), 2).with("command", "php-cgi8.2");
        if (!name.equals(OWN_INI)) {
            pool.with("php.ini", "fpm");
        }
        settings.forEach(pool::with);
        return pool;
    }

    private static Backend fpm(String pool) {
        return new Backend.Unix(scratch.path().resolve("fpm-" + pool + ".sock"));
    }

    private static Backend hatter(String pool) {
        return new Backend.Unix(scratch.path().resolve("hatter-" + pool + ".sock"));
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                PhpFpm ended = fpm;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    /** What one web server's questions came to. */
    private record Found(int compared, List<Difference> differences) {}

    @Test
    void areThoseOfPhpFpm() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(FRONTS_AT_ONCE);
        try {
            List<Future<Found>> fronts = new ArrayList<>();
            for (Wiring front : Wiring.all()) {
                fronts.add(threads.submit(() -> ask(front)));
            }
            int compared = 0;
            List<Difference> differences = new ArrayList<>();
            for (Future<Found> front : fronts) {
                compared += front.get().compared();
                differences.addAll(front.get().differences());
            }
            Logs.say("%d values compared, %d differ", compared, differences.size());
            assertThat(compared).as("values compared").isGreaterThan(AT_LEAST);
            Differences.compare("ServerValuesIT", differences);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Found ask(Wiring wiring) throws IOException {
        int compared = 0;
        List<Difference> differences = new ArrayList<>();
        try (Switch way = new Switch(scratch.path().resolve(wiring.name() + ".sock"))) {
            FrontServer.Site site = new FrontServer.Site(root, new Backend.Unix(way.socket()));
            way.turnTo(fpm("plain"));
            try (FrontServer.Front front = wiring.start(site)) {
                for (String pool : pools().keySet()) {
                    List<Question> questions = questions(wiring, pool);
                    way.turnTo(fpm(pool));
                    List<Told> theirs = ask(front, questions);
                    way.turnTo(hatter(pool));
                    List<Told> ours = ask(front, questions);
                    for (int i = 0; i < questions.size(); i++) {
                        String where = wiring.name() + " " + pool + " " + questions.get(i);
                        compared += theirs.get(i).compared(ours.get(i));
                        differences.addAll(theirs.get(i).differences(ours.get(i), where));
                    }
                }
            }
        }
        Logs.say("%-10s %d values compared", wiring.name(), compared);
        return new Found(compared, differences);
    }

    private static List<Told> ask(FrontServer.Front front, List<Question> questions) throws IOException {
        List<Told> told = new ArrayList<>();
        for (Question question : questions) {
            RawHttp.Answer answer = RawHttp.ask(front.uri("/"), question.lines(), question.body());
            told.add(Told.of(answer, scratch.path().toString()));
        }
        return told;
    }

    /** All of them where paths are looked at; else a few, as only the settings are another pool's. */
    private static List<Question> questions(Wiring front, String pool) {
        List<Question> questions = new ArrayList<>(Question.settings());
        Question.all().stream()
                .filter(front::canAsk)
                .limit(pool.equals("plain") || pool.equals("nofix") ? Integer.MAX_VALUE : 20)
                .forEach(questions::add);
        return questions;
    }
}
