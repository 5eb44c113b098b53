// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One FastCGI client without a web server, one request after the other. */
final class LatencyWorkload implements Workload {
    private static final List<String> CONTESTANTS =
            List.of(Contestant.PHP_CGI, Contestant.HATTER, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM);

    private final Arena arena;
    private final Times times;
    private final boolean kept;
    private final Map<String, Backend> backends = new HashMap<>();
    private final Map<String, String> params;

    /** @param kept on one connection, else on one for each request */
    LatencyWorkload(Arena arena, Times times, boolean kept) {
        this.arena = arena;
        this.times = times;
        this.kept = kept;
        this.params = Asking.params(arena.site(), "/hello.php");
    }

    @Override
    public String name() {
        return "latency-1-unix-" + (kept ? "kept" : "conn");
    }

    @Override
    public String title() {
        return "hello world, one client by FastCGI without a web server";
    }

    @Override
    public List<String> contestants() {
        return CONTESTANTS.stream()
                .filter(name -> name.equals(Contestant.PHP_CGI) ? arena.wants(name) : arena.has(name))
                .toList();
    }

    @Override
    public void prepare(String contestant) {
        if (contestant.equals(Contestant.PHP_CGI)) {
            Backend.Unix listen = arena.socket("direct" + (kept ? "k" : "c"));
            arena.adopt(DirectPhp.start(arena.php(), listen)).awaitListening();
            backends.put(contestant, listen);
        } else {
            backends.put(contestant, arena.backend(contestant, kept ? Way.UNIX_KEPT : Way.UNIX_CONN));
        }
        ask(contestant, times.asks());
    }

    @Override
    public Sample run(String contestant) {
        long[] nanos = ask(contestant, times.asks());
        Arrays.sort(nanos);
        return new Sample()
                .with(Figure.P50, nanos[nanos.length / 2] / 1e6)
                .with(Figure.P99, nanos[nanos.length * 99 / 100] / 1e6)
                .with(Figure.P999, nanos[nanos.length * 999 / 1000] / 1e6);
    }

    private long[] ask(String contestant, int times) {
        Backend backend = backends.get(contestant);
        try {
            return kept ? askKept(backend, times) : askAnew(backend, times);
        } catch (IOException e) {
            throw new UncheckedIOException(contestant, e);
        }
    }

    private long[] askKept(Backend backend, int times) throws IOException {
        long[] nanos = new long[times];
        try (FastCgi client = new FastCgi(backend)) {
            Asking.hello(client, params); // connects, and warms what has cooled
            for (int i = 0; i < times; i++) {
                long begin = System.nanoTime();
                Asking.hello(client, params);
                nanos[i] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }

    private long[] askAnew(Backend backend, int times) throws IOException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            try (FastCgi client = new FastCgi(backend)) {
                Asking.hello(client, params);
                nanos[i] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }
}
