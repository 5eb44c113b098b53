// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.soak.harness.Chart.Point;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Clients that come one after the other, each asking without a pause, and leave together.
 *
 * @param clients how many of them have a request under way, over time
 * @param workers how many worker processes there are, over time
 * @param longestWantMillis the longest time for which there were fewer workers than requests, and fewer than allowed
 */
public record Ramp(List<Point> clients, List<Point> workers, long[] latencyMicros, long longestWantMillis) {
    private static final long SAMPLE_MILLIS = 10;

    /** The load: {@code most} clients over the time {@code up}, then {@code down} without any. */
    public record Shape(int most, Duration up, Duration down) {
        double seconds() {
            return (up.toMillis() + down.toMillis()) / 1e3;
        }
    }

    /** Asks the pool there, whose manager is the process given. */
    public static Ramp measure(Shape shape, Backend listen, Proc manager, Map<String, String> params) {
        ExecutorService threads = Executors.newFixedThreadPool(shape.most);
        try {
            AtomicInteger busy = new AtomicInteger();
            long start = System.nanoTime();
            List<Future<long[]>> runs = new ArrayList<>();
            for (int i = 0; i < shape.most; i++) {
                long arrival = start + shape.up.toNanos() * 4 / 5 * i / shape.most;
                runs.add(threads.submit(() -> ask(listen, params, busy, arrival, start + shape.up.toNanos())));
            }
            return sample(shape, manager, busy, start, runs);
        } finally {
            threads.shutdownNow();
        }
    }

    private static long[] ask(Backend listen, Map<String, String> params, AtomicInteger busy, long arrival, long end)
            throws IOException {
        Soak.pause(Duration.ofNanos(Math.max(0, arrival - System.nanoTime())));
        LongStream.Builder latencies = LongStream.builder();
        while (System.nanoTime() < end) {
            long before = System.nanoTime();
            busy.incrementAndGet();
            FastCgi.Answer answer = FastCgi.ask(listen, params);
            busy.decrementAndGet();
            latencies.add((System.nanoTime() - before) / 1000);
            if (answer.status() != 200) {
                throw new IOException("status " + answer.status());
            }
        }
        return latencies.build().toArray();
    }

    private static Ramp sample(Shape shape, Proc manager, AtomicInteger busy, long start, List<Future<long[]>> runs) {
        List<Point> clients = new ArrayList<>();
        List<Point> workers = new ArrayList<>();
        long longest = 0;
        long wantSince = 0;
        for (double now = 0; now < shape.seconds(); now = (System.nanoTime() - start) / 1e9) {
            int asking = busy.get();
            int there = manager.children().size();
            long nanos = System.nanoTime();
            // answers and requests cross: only what lasts is a want
            if (there < Math.min(asking, shape.most)) {
                wantSince = wantSince == 0 ? nanos : wantSince;
                longest = Math.max(longest, nanos - wantSince);
            } else {
                wantSince = 0;
            }
            clients.add(new Point(now, asking));
            workers.add(new Point(now, there));
            Soak.pause(Duration.ofMillis(SAMPLE_MILLIS));
        }
        return new Ramp(clients, workers, collect(runs), longest / 1_000_000);
    }

    private static long[] collect(List<Future<long[]>> runs) {
        LongStream.Builder all = LongStream.builder();
        for (Future<long[]> run : runs) {
            try {
                Arrays.stream(run.get()).forEach(all::add);
            } catch (ExecutionException e) {
                throw new AssertionError("a client got no answer: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return all.build().sorted().toArray();
    }

    public int mostWorkers() {
        return workers.stream().mapToInt(Point::value).max().orElse(0);
    }

    public int lastWorkers() {
        return workers.get(workers.size() - 1).value();
    }

    @Override
    public String toString() {
        int n = latencyMicros.length;
        return "%d requests, p50 %d ms, p99 %d ms, longest %d ms; at most %d workers, %d in the end; the longest time with fewer workers than requests %d ms"
                .formatted(
                        n,
                        latencyMicros[n / 2] / 1000,
                        latencyMicros[n * 99 / 100] / 1000,
                        latencyMicros[n - 1] / 1000,
                        mostWorkers(),
                        lastWorkers(),
                        longestWantMillis);
    }
}
