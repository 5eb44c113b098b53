// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.soak.harness.Bar;
import dev.hatter.itests.soak.harness.Chart;
import dev.hatter.itests.soak.harness.Proc;
import dev.hatter.itests.soak.harness.Ramp;
import dev.hatter.itests.soak.harness.Site;
import dev.hatter.itests.soak.harness.Soak;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One to sixty clients: no request waits while a worker could have been started. */
@Tag("soak")
class RampIT {
    private static final int CLIENTS = 60;
    /** php-fpm's managers look each second; one that starts a worker as a request comes needs only the start. */
    private static final long HEARTBEAT_MILLIS = 1000;

    private Scratch scratch;
    private Path site;

    @BeforeEach
    void prepare() {
        scratch = Scratch.create();
        site = Site.create(scratch);
    }

    @AfterEach
    void clean() {
        scratch.close();
    }

    @Test
    void dynamic() {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("pm", "dynamic");
        numbers.put("pm.max_children", "" + CLIENTS);
        numbers.put("pm.start_servers", "2");
        numbers.put("pm.min_spare_servers", "2");
        numbers.put("pm.max_spare_servers", "6");
        measure("dynamic", numbers);
    }

    @Test
    void ondemand() {
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("pm", "ondemand");
        numbers.put("pm.max_children", "" + CLIENTS);
        numbers.put("pm.process_idle_timeout", "2s");
        measure("ondemand", numbers);
    }

    private void measure(String name, Map<String, String> numbers) {
        Ramp.Shape shape = new Ramp.Shape(CLIENTS, Soak.percent(7), Soak.percent(4));
        Ramp ours = hatter(shape, numbers);
        Logs.say("ramp, %s, Hatter : %s", name, ours);
        if (All.runs()) {
            Ramp theirs = phpFpm(shape, numbers);
            Logs.say("ramp, %s, php-fpm: %s", name, theirs);
            draw(name, shape, ours, theirs);
        }
        Bar.atMost(HEARTBEAT_MILLIS / 2.0, ours.longestWantMillis(), "milliseconds with fewer workers than requests");
        assertThat(ours.mostWorkers()).as("workers at the top").isBetween(CLIENTS * 9 / 10, CLIENTS);
        assertThat(ours.lastWorkers()).as("workers in the end").isLessThan(ours.mostWorkers());
    }

    private static void draw(String name, Ramp.Shape shape, Ramp ours, Ramp theirs) {
        new Chart(
                        "1 to " + CLIENTS + " clients, pm = " + name,
                        shape.up().plus(shape.down()).toSeconds(),
                        CLIENTS + 10)
                .line("requests under way", "#bbbbbb", ours.clients())
                .line("workers, Hatter", "#0b6e4f", ours.workers())
                .line("workers, php-fpm", "#c8553d", theirs.workers())
                .draw("ramp-" + name + ".svg");
    }

    private Map<String, String> params() {
        return Map.of(
                "REQUEST_METHOD", "GET",
                "SCRIPT_FILENAME", site.resolve("work.php").toString(),
                "SCRIPT_NAME", "/work.php");
    }

    private Ramp hatter(Ramp.Shape shape, Map<String, String> numbers) {
        Backend listen = new Backend.Unix(scratch.writable("s").resolve("hatter.sock"));
        Pool pool = Pool.php("ramp", listen, CLIENTS);
        numbers.forEach(pool::with);
        try (Hatter hatter = Hatter.start("ramp", pool)) {
            return Ramp.measure(shape, listen, new Proc(hatter.process().pid()), params());
        }
    }

    private Ramp phpFpm(Ramp.Shape shape, Map<String, String> numbers) {
        Backend listen = new Backend.Unix(scratch.writable("s").resolve("fpm.sock"));
        Map<String, String> settings = new LinkedHashMap<>(numbers);
        settings.put("listen", listen.toString());
        Machine.workerUser().ifPresent(user -> settings.put("listen.owner", user));
        try (PhpFpm fpm = PhpFpm.launch(scratch, Map.of("ramp", settings)).awaitListening(listen)) {
            return Ramp.measure(shape, listen, new Proc(fpm.pid()), params());
        }
    }
}
