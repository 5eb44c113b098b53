// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Bar;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Site;
import dev.hatter.itests.soak.harness.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A thousand tenants on one machine: what a start, an edit and the memory of the manager cost, next to php-fpm. */
@Tag("soak")
class ManyPoolsIT {
    private static final int POOLS = 1000;
    private static final int AWAKE = 10;
    private static final int EDITS = 15;

    private Scratch scratch;
    private Path sockets;
    private Path site;

    @BeforeEach
    void prepare() {
        scratch = Scratch.create();
        sockets = scratch.writable("s");
        site = Site.create(scratch);
    }

    @AfterEach
    void clean() {
        scratch.close();
    }

    private Backend address(int number) {
        return new Backend.Unix(sockets.resolve(number + ".sock"));
    }

    private Pool pool(int number) {
        return Pool.php("p" + number, address(number), 2)
                .with("pm", "ondemand")
                .with("pm.process_idle_timeout", "600s");
    }

    @Test
    void aThousandPools() throws IOException {
        Path conf = scratch.directory("conf");
        for (int i = 0; i < POOLS; i++) {
            Files.writeString(conf.resolve(pool(i).file()), pool(i).text());
        }
        Watch start = new Watch();
        try (Hatter hatter = Hatter.run("many", Distribution.home(), conf)) {
            long listening =
                    start.until("all listen", () -> PhpFpm.listens(address(POOLS - 1)) && all(sockets) == POOLS);
            Proc manager = new Proc(hatter.process().pid());
            int atStart = manager.rssMegabytes();
            wake(AWAKE);
            Map<String, FileTime> states = states(hatter);
            List<Long> workers = manager.children();
            long[] edits = edit(hatter);
            Map<String, FileTime> after = states(hatter);
            after.keySet().removeIf(name -> after.get(name).equals(states.get(name)));
            Logs.say(
                    "1,000 pools, Hatter : listening after %d ms, RSS %d MB at the start, %d MB in the end, "
                            + "an edited file live after %s ms (median %d); live heap %d MB; %d threads, %d descriptors",
                    listening,
                    atStart,
                    manager.rssMegabytes(),
                    Arrays.toString(edits),
                    Watch.median(edits),
                    Proc.liveBytes(manager.histogram()) >> 20,
                    manager.threads(),
                    manager.descriptors());
            if (All.runs()) {
                phpFpm();
            }
            assertThat(after.keySet())
                    .as("state files written but the edited one's")
                    .isSubsetOf("p500");
            assertThat(manager.children()).as("workers").containsExactlyInAnyOrderElementsOf(workers);
            Bar.atMost(5000, listening, "milliseconds until all listen");
            assertThat(manager.rssMegabytes()).as("megabytes").isLessThanOrEqualTo(256);
            Bar.atMost(100, Watch.median(edits), "milliseconds until an edited file is live");
        }
    }

    private static long all(Path sockets) {
        try (Stream<Path> files = Files.list(sockets)) {
            return files.filter(file -> file.toString().endsWith(".sock")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets some pools have a worker. */
    private void wake(int pools) throws IOException {
        for (int i = 0; i < pools; i++) {
            FastCgi.Answer answer = FastCgi.ask(
                    address(i),
                    Map.of(
                            "REQUEST_METHOD", "GET",
                            "SCRIPT_FILENAME", site.resolve("quick.php").toString(),
                            "SCRIPT_NAME", "/quick.php"));
            assertThat(answer.body()).startsWith("hello");
        }
    }

    /** When each pool last said something; they listen before they say so. */
    private static Map<String, FileTime> states(Hatter hatter) throws IOException {
        Map<String, FileTime> times = new TreeMap<>();
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(NoSuchFileException.class)
                .until(() -> {
                    times.clear();
                    try (Stream<Path> files = Files.list(hatter.run().resolve("pools"))) {
                        for (Path file : files.toList()) {
                            times.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
                        }
                    }
                    return times.size() == POOLS && times.keySet().stream().noneMatch(name -> name.startsWith("."));
                });
        return times;
    }

    /** Moves one pool back and forth, and says how long each time nobody could connect at its new address. */
    private long[] edit(Hatter hatter) {
        long[] times = new long[EDITS];
        for (int i = 0; i < EDITS; i++) {
            Backend moved = address(i % 2 == 0 ? POOLS : 500);
            Pool pool = pool(500).with("listen", moved);
            Watch watch = new Watch();
            hatter.write(pool);
            times[i] = watch.until("the edit live", () -> PhpFpm.listens(moved));
            watch.until("the old address closed", () -> all(sockets) == POOLS);
        }
        hatter.write(pool(500));
        new Watch().until("as before", () -> PhpFpm.listens(address(500)) && all(sockets) == POOLS);
        return times;
    }

    private void phpFpm() {
        try (Scratch other = Scratch.create()) {
            Path directory = other.writable("s");
            Map<String, Map<String, String>> pools = new HashMap<>();
            for (int i = 0; i < POOLS; i++) {
                pools.put("p" + i, phpFpmPool(directory, i));
            }
            Watch start = new Watch();
            try (PhpFpm fpm = PhpFpm.launch(other, pools)) {
                long listening = start.until("all listen", () -> all(directory) == POOLS);
                int rss = new Proc(fpm.pid()).rssMegabytes();
                List<Long> edits = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    int number = i % 2 == 0 ? POOLS : 500;
                    Watch edit = new Watch();
                    fpm.reload("p500", phpFpmPool(directory, number));
                    edits.add(edit.until(
                            "the edit live",
                            () -> PhpFpm.listens(new Backend.Unix(directory.resolve(number + ".sock")))));
                    edit.until("as before", () -> all(directory) == POOLS);
                }
                Logs.say(
                        "1,000 pools, php-fpm: listening after %d ms, RSS %d MB, a reload of everything %s ms",
                        listening, rss, edits);
            }
        }
    }

    private static Map<String, String> phpFpmPool(Path directory, int number) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen", directory.resolve(number + ".sock").toString());
        Machine.workerUser().ifPresent(user -> settings.put("listen.owner", user));
        settings.put("pm", "ondemand");
        settings.put("pm.max_children", "2");
        return settings;
    }
}
