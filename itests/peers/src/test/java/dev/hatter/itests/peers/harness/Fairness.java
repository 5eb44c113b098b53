// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * How kept connections that all ask all the time are served.
 *
 * @param served how many answers each connection got
 * @param p50Micros of all answers
 */
public record Fairness(long[] served, long p50Micros, long p99Micros) {
    /** One kept connection: asks and has the whole answer. */
    @FunctionalInterface
    public interface Client {
        void ask() throws IOException;
    }

    /** Lets every client ask again as soon as it has its answer, all starting together. */
    public static Fairness measure(List<? extends Client> clients, Duration time) {
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            CountDownLatch start = new CountDownLatch(clients.size());
            List<Future<long[]>> runs = new ArrayList<>();
            for (Client client : clients) {
                runs.add(threads.submit(run(client, time, start)));
            }
            return of(collect(runs));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<long[]> run(Client client, Duration time, CountDownLatch start) {
        return () -> {
            client.ask(); // connects
            start.countDown();
            start.await();
            LongStream.Builder latencies = LongStream.builder();
            long end = System.nanoTime() + time.toNanos();
            for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
                client.ask();
                latencies.add((System.nanoTime() - before) / 1000);
            }
            return latencies.build().toArray();
        };
    }

    private static List<long[]> collect(List<Future<long[]>> runs) {
        List<long[]> latencies = new ArrayList<>();
        for (Future<long[]> run : runs) {
            try {
                latencies.add(run.get());
            } catch (ExecutionException e) {
                throw new AssertionError("a client got no answer: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return latencies;
    }

    private static Fairness of(List<long[]> latencies) {
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        long[] served = latencies.stream().mapToLong(each -> each.length).toArray();
        return new Fairness(served, at(all, 50), at(all, 99));
    }

    private static long at(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    public long total() {
        return Arrays.stream(served).sum();
    }

    /** How much the worst served connection got of an equal share, 1 being all of it. */
    public double worstShare() {
        return (double) Arrays.stream(served).min().orElse(0) * served.length / total();
    }

    public double ratio() {
        return (double) p99Micros / p50Micros;
    }

    @Override
    public String toString() {
        return "%d connections, %d answers, p50 %.2f ms, p99 %.2f ms (%.1f times), worst share %.2f"
                .formatted(served.length, total(), p50Micros / 1000.0, p99Micros / 1000.0, ratio(), worstShare());
    }
}
