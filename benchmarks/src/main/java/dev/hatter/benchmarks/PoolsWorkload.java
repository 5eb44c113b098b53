// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many pools with a worker each, asked in turn. */
final class PoolsWorkload implements Workload {
    private static final int POOLS = 100;
    private static final Load LOAD = Load.hello(64);
    private static final List<String> CONTESTANTS =
            List.of(Contestant.HATTER, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM);

    private final Arena arena;
    private final Times times;
    private final boolean kept;
    private final Map<String, Server> servers = new HashMap<>();
    private final Map<String, Front> fronts = new HashMap<>();

    PoolsWorkload(Arena arena, Times times, boolean kept) {
        this.arena = arena;
        this.times = times;
        this.kept = kept;
    }

    @Override
    public String name() {
        return "pools100-64-unix-" + (kept ? "kept" : "conn");
    }

    @Override
    public String title() {
        return "hello world in %d pools of one worker each, %d clients".formatted(POOLS, LOAD.clients());
    }

    @Override
    public List<String> contestants() {
        return CONTESTANTS.stream().filter(arena::has).toList();
    }

    @Override
    public void prepare(String contestant) {
        List<Server.Pool> pools = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            Backend listen = arena.socket(Integer.toHexString(contestant.hashCode()) + (kept ? "k" : "c") + i);
            pools.add(Server.Pool.of("p" + i, listen, 1));
        }
        Server server = contestant.equals(Contestant.FPM)
                ? new FpmServer(arena.php(), pools)
                : new HatterServer("pools", arena.home(contestant), arena.php(), pools);
        servers.put(contestant, arena.adopt(server));
        List<Backend> backends = pools.stream().map(Server.Pool::listen).toList();
        Front front = new Front(arena.site().root(), List.of(new Front.Gate("pools", backends, kept)));
        fronts.put(contestant, arena.adopt(front));
        if (contestant.startsWith(Contestant.HATTER)) {
            arena.warming().warm(server, name() + ", " + contestant, front.uri("pools"), LOAD, POOLS);
        }
    }

    @Override
    public Sample run(String contestant) {
        Front front = fronts.get(contestant);
        return HttpWorkload.measure(
                front, arena.wrk(), servers.get(contestant), front.uri("pools"), LOAD, POOLS, times.seconds());
    }
}
