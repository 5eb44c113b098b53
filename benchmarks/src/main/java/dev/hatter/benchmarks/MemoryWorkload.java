// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the workers hold after they have worked. Nothing else runs meanwhile: memory that others share would be counted to
 * them in part.
 */
final class MemoryWorkload implements Workload {
    private final Arena arena;

    MemoryWorkload(Arena arena) {
        this.arena = arena;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "memory of %d workers after work".formatted(Arena.WORKERS);
    }

    @Override
    public List<String> contestants() {
        return Stream.of(Contestant.GROUP, Contestant.HATTER, Contestant.FPM)
                .filter(arena::wants)
                .toList();
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public void prepare(String contestant) {
        // each run starts from nothing
    }

    @Override
    public Sample run(String contestant) {
        Backend listen = arena.socket("memory");
        Server.Pool pool = Server.Pool.of("memory", listen, Arena.WORKERS);
        try (Server server = start(contestant, pool);
                Front front =
                        new Front(arena.site().root(), List.of(new Front.Gate("memory", List.of(listen), false)))) {
            for (Load load : List.of(Load.hello(Arena.WORKERS), Load.work("/work300us.php", Arena.WORKERS))) {
                HttpWorkload.check(front.uri("memory"), load);
                arena.wrk().run(front.uri("memory"), load, 1, 1);
            }
            Processes processes = server.processes();
            return new Sample()
                    .with(Figure.MANAGER_RSS, processes.managersRss() / 1024)
                    .with(Figure.PHP_PSS, processes.phpPss() / 1024);
        }
    }

    private Server start(String contestant, Server.Pool pool) {
        return switch (contestant) {
            case Contestant.FPM -> new FpmServer(arena.php(), List.of(pool));
            case Contestant.GROUP -> hatter(pool.with("worker.concurrency", "" + Arena.WORKERS));
            default -> hatter(pool);
        };
    }

    private Server hatter(Server.Pool pool) {
        return new HatterServer("memory", arena.home(Contestant.HATTER), arena.php(), List.of(pool));
    }
}
