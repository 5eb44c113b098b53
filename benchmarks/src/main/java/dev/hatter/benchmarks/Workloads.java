// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** All there is to measure. A name says what is asked, by how many clients, by which socket, and whether connections are kept. */
final class Workloads {
    private static final List<String> TWO =
            List.of(Contestant.HATTER, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM);
    private static final List<String> BRIEF =
            List.of(Contestant.HATTER, Contestant.BATCH, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM);
    private static final List<String> THREE = List.of(
            Contestant.HATTER, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM, Contestant.SPAWN_FCGI);
    private static final List<String> ALL = List.of(
            Contestant.HATTER,
            Contestant.BATCH,
            Contestant.OTHER,
            Contestant.OTHER_BESIDE,
            Contestant.FPM,
            Contestant.SPAWN_FCGI,
            Contestant.FCGID);

    private final Arena arena;
    private final Times times;
    private final List<Workload> all = new ArrayList<>();

    private Workloads(Arena arena, Times times) {
        this.arena = arena;
        this.times = times;
    }

    static List<Workload> all(Arena arena, Times times) {
        Workloads workloads = new Workloads(arena, times);
        workloads.all.add(new MemoryWorkload(arena));
        workloads.all.add(new OverloadWorkload(arena, times));
        workloads.all.add(new OndemandWorkload(arena, times));
        workloads.all.add(new LatencyWorkload(arena, times, true));
        workloads.all.add(new LatencyWorkload(arena, times, false));
        workloads.hello();
        workloads.work();
        workloads.bodies();
        workloads.all.add(new PoolsWorkload(arena, times, true));
        workloads.all.add(new PoolsWorkload(arena, times, false));
        return workloads.all;
    }

    private void hello() {
        add("hello-6", "hello world, 6 clients: fewer than workers", Load.hello(6), BRIEF, Way.UNIX_KEPT);
        add("hello-16", "hello world, 16 clients", Load.hello(16), BRIEF, Way.UNIX_KEPT);
        add("hello-16", "hello world, 16 clients", Load.hello(16), ALL, Way.UNIX_CONN);
        add("hello-16", "hello world, 16 clients", Load.hello(16), BRIEF, Way.TCP_KEPT, Way.TCP_CONN);
        add("hello-64", "hello world, 64 clients", Load.hello(64), BRIEF, Way.UNIX_KEPT, Way.UNIX_CONN);
        add("hello-512", "hello world, 512 clients", Load.hello(512), TWO, Way.UNIX_KEPT, Way.UNIX_CONN);
    }

    private void work() {
        Load brief = Load.work("/work300us.php", 16);
        add("work300us-16", "0.3 ms of PHP work, 16 clients", brief, BRIEF, Way.UNIX_KEPT);
        add("work300us-16", "0.3 ms of PHP work, 16 clients", brief, ALL, Way.UNIX_CONN);
        Load longer = Load.work("/work5ms.php", 16);
        add("work5ms-16", "5 ms of PHP work, 16 clients", longer, BRIEF, Way.UNIX_KEPT, Way.UNIX_CONN);
    }

    private void bodies() {
        add("large-8", "an answer of 1 MB, 8 clients", Load.large(8), TWO, Way.UNIX_KEPT);
        add("large-8", "an answer of 1 MB, 8 clients", Load.large(8), THREE, Way.UNIX_CONN);
        add("large-8", "an answer of 1 MB, 8 clients", Load.large(8), TWO, Way.TCP_CONN);
        add("upload-8", "an upload of 10 MB, 8 clients", Load.upload(8), TWO, Way.UNIX_KEPT);
        add("upload-8", "an upload of 10 MB, 8 clients", Load.upload(8), THREE, Way.UNIX_CONN);
        add("upload-8", "an upload of 10 MB, 8 clients", Load.upload(8), TWO, Way.TCP_CONN);
    }

    private void add(String name, String title, Load load, List<String> contestants, Way... ways) {
        for (Way way : ways) {
            all.add(new HttpWorkload(arena, times, name + "-" + way, title, load, way, contestants));
        }
    }
}
