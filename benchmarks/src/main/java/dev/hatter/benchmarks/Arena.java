// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/**
 * All contestants with {@value #WORKERS} workers for each way to them, started when the first is asked for, and the one nginx
 * in front of them.
 */
final class Arena implements AutoCloseable {
    static final int WORKERS = 8;

    private final Scratch scratch = Scratch.create();
    private final Path sockets = scratch.writable("s");
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final List<Front.Gate> gates = new ArrayList<>();
    private final List<AutoCloseable> guests = new ArrayList<>();
    private final Times times;
    private final Map<String, Path> homes = new HashMap<>();
    private final boolean builds;
    private final Php php;
    private final Site site;
    private final Wrk wrk;
    private Front front;

    /**
     * Starts nobody yet.
     *
     * @param others the archives of other builds to measure besides
     * @param builds whether nobody else is measured
     */
    Arena(Times times, List<Path> others, boolean builds) {
        this.times = times;
        this.builds = builds;
        this.php = new Php(scratch);
        this.site = new Site(scratch, php);
        this.wrk = new Wrk(scratch);
        for (int i = 0; i < others.size(); i++) {
            homes.put(Contestant.OTHERS.get(i), unpack(others.get(i), "other" + i));
        }
    }

    private Path unpack(Path archive, String name) {
        Run.check(
                Duration.ofSeconds(60),
                "tar",
                "-xzf",
                archive.toString(),
                "--strip-components=1",
                "-C",
                scratch.directory(name).toString());
        return scratch.path().resolve(name);
    }

    Php php() {
        return php;
    }

    Site site() {
        return site;
    }

    Wrk wrk() {
        return wrk;
    }

    Warming warming() {
        return new Warming(wrk, times.warmSeconds());
    }

    /** Whether that one is to be measured at all; it may not be there. */
    boolean wants(String contestant) {
        return Contestant.OTHERS.contains(contestant)
                ? homes.containsKey(contestant)
                : !builds || Contestant.isBuild(contestant);
    }

    Path home(String contestant) {
        return homes.getOrDefault(contestant, Distribution.home());
    }

    /** A socket that nobody else has. */
    Backend.Unix socket(String name) {
        return new Backend.Unix(sockets.resolve(name + ".sock"));
    }

    /** Closes that with the arena. */
    <T extends AutoCloseable> T adopt(T guest) {
        guests.add(guest);
        return guest;
    }

    boolean has(String contestant) {
        open();
        return servers.containsKey(contestant);
    }

    Server server(String contestant) {
        open();
        return servers.get(contestant);
    }

    Front front() {
        open();
        return front;
    }

    /** Where a contestant is asked by HTTP. */
    URI uri(String contestant, Way way) {
        return server(contestant) instanceof FcgidServer fcgid ? fcgid.uri() : front().uri(gate(contestant, way));
    }

    /** Where a contestant is asked by FastCGI. */
    Backend backend(String contestant, Way way) {
        open();
        return gates.stream()
                .filter(gate -> gate.name().equals(gate(contestant, way)))
                .findFirst()
                .orElseThrow()
                .backends()
                .get(0);
    }

    private static String gate(String contestant, Way way) {
        return (contestant + way).replaceAll("\\W", "");
    }

    private void open() {
        if (front != null) {
            return;
        }
        start(Contestant.HATTER, () -> hatter(Contestant.HATTER, pools(Contestant.HATTER)));
        start(Contestant.BATCH, () -> hatter(Contestant.BATCH, batches()));
        for (String other : Contestant.OTHERS) {
            start(other, () -> hatter(other, pools(other)));
        }
        start(Contestant.FPM, () -> new FpmServer(php, pools(Contestant.FPM)));
        start(Contestant.SPAWN_FCGI, this::spawnFcgi);
        start(Contestant.FCGID, () -> new FcgidServer(php, site.root(), WORKERS));
        front = new Front(site.root(), gates);
        servers.keySet().stream()
                .filter(name -> name.startsWith(Contestant.HATTER))
                .forEach(this::warm);
    }

    /** For what isn't asked by HTTP, whatever else is measured. */
    private void warm(String contestant) {
        for (Way way : List.of(Way.UNIX_KEPT, Way.UNIX_CONN)) {
            warming().warm(server(contestant), contestant, uri(contestant, way), Load.hello(2 * WORKERS), 1);
        }
    }

    private void start(String contestant, Supplier<Server> start) {
        if (!wants(contestant)) {
            return;
        }
        try {
            servers.put(contestant, start.get());
        } catch (TestAbortedException e) {
            Logs.say("%s is left out: %s", contestant, e.getMessage());
        }
    }

    private Server hatter(String contestant, List<Server.Pool> pools) {
        return new HatterServer("bench", home(contestant), php, pools);
    }

    private List<Server.Pool> batches() {
        return pools(Contestant.BATCH).stream()
                .map(pool -> pool.with("process.scheduling", "batch"))
                .toList();
    }

    private Server spawnFcgi() {
        Backend.Unix listen = socket("spawn");
        for (Way way : List.of(Way.UNIX_KEPT, Way.UNIX_CONN)) {
            gates.add(new Front.Gate(gate(Contestant.SPAWN_FCGI, way), List.of(listen), way.kept()));
        }
        return new SpawnFcgiServer(php, listen, WORKERS);
    }

    private List<Server.Pool> pools(String contestant) {
        List<Server.Pool> pools = new ArrayList<>();
        for (Way way : Way.all()) {
            String name = gate(contestant, way);
            Backend listen = way.unix() ? socket(name) : Backend.tcp();
            gates.add(new Front.Gate(name, List.of(listen), way.kept()));
            pools.add(Server.Pool.of(name.toLowerCase(Locale.ROOT), listen, WORKERS));
        }
        return pools;
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>(guests);
        if (front != null) {
            all.add(front);
        }
        all.addAll(servers.values());
        all.add(scratch);
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception | AssertionError e) {
                Logs.say("%s doesn't end in good order: %s", each.getClass().getSimpleName(), e);
            }
        }
    }
}
