// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Bar;
import dev.hatter.itests.soak.harness.LoadedNginx;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Site;
import dev.hatter.itests.soak.harness.Soak;
import dev.hatter.itests.soak.harness.Wrk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** kill -9 of a random worker ten times a second: only requests that were inside a killed worker fail. */
@Tag("soak")
class WorkerDeathIT {
    private static final int WORKERS = 8;
    private static final int CONNECTIONS = 16;
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration BACK = Duration.ofSeconds(1);

    private final Random random = new Random(1);

    @Test
    void onlyRequestsInsideAKilledWorkerFail() {
        try (Scratch scratch = Scratch.create()) {
            Path site = Site.create(scratch);
            Backend listen = new Backend.Unix(scratch.writable("sockets").resolve("php.sock"));
            try (Hatter hatter = Hatter.start("deaths", Pool.php("php", listen, WORKERS));
                    LoadedNginx nginx = LoadedNginx.start(site, false, listen)) {
                Proc manager = new Proc(hatter.process().pid());
                awaitStrength(manager, Duration.ofSeconds(20));
                killUnderLoad(nginx, manager, scratch.path());
            }
        }
    }

    private void killUnderLoad(LoadedNginx nginx, Proc manager, Path directory) {
        Duration time = Soak.percent(10);
        try (Wrk wrk = Wrk.start(directory, nginx.uri("/quick.php"), "POST", CONNECTIONS, time.plusSeconds(3))) {
            int kills = kill(manager, time);
            long back = awaitStrength(manager, Duration.ofSeconds(30));
            Wrk.Result result = wrk.await();
            LoadedNginx.Answers answers = nginx.stop();
            Logs.say(
                    "worker deaths: %d kills, %d answers 502, all back %d ms after the last; %s; nginx counts %s",
                    kills, answers.with(502), back, result, answers.counts());
            assertThat(answers.failed())
                    .as("answers but 200 and 502: %s", answers.counts())
                    .isEqualTo(answers.with(502));
            assertThat(answers.with(502)).as("a 502 for each kill at most").isLessThanOrEqualTo(kills);
            assertThat(result.connectionErrors()).as("connection errors").isZero();
            assertThat(result.timeouts()).as("requests that hung").isZero();
            Bar.atMost(BACK.toMillis(), back, "milliseconds to full strength");
        }
    }

    /** Returns how many were killed. */
    private int kill(Proc manager, Duration time) {
        int kills = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Soak.pause(BETWEEN);
            List<Long> workers = alive(manager);
            if (!workers.isEmpty()) {
                long victim = workers.get(random.nextInt(workers.size()));
                kills += ProcessHandle.of(victim)
                                .map(ProcessHandle::destroyForcibly)
                                .orElse(false)
                        ? 1
                        : 0;
            }
        }
        return kills;
    }

    private static List<Long> alive(Proc manager) {
        return manager.children().stream()
                .filter(pid -> ProcessHandle.of(pid).isPresent())
                .toList();
    }

    /** How many milliseconds it takes until all workers are there. */
    private static long awaitStrength(Proc manager, Duration most) {
        long start = System.nanoTime();
        await("all workers back")
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> alive(manager).size() == WORKERS);
        return (System.nanoTime() - start) / 1_000_000;
    }
}
