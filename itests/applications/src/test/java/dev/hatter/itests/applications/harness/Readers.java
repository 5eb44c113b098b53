// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.FrontServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** People who read a page again and again, until closed; then nobody may have seen an error. */
public final class Readers implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads;
    private final CountDownLatch reading;
    private final FrontServer.Front front;
    private final String path;
    private volatile boolean closed;

    private Readers(int count, FrontServer.Front front, String path) {
        this.front = front;
        this.path = path;
        reading = new CountDownLatch(count);
        threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(this::read, "reader-" + i))
                .toList();
    }

    /** Starts so many and waits until each has read it once. */
    public static Readers start(int count, FrontServer.Front front, String path) {
        Readers readers = new Readers(count, front, path);
        readers.threads.forEach(Thread::start);
        try {
            assertThat(readers.reading.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("each reader has a page, or %s", readers.failures)
                    .isTrue();
            return readers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        Visitor visitor = new Visitor(front);
        try {
            while (!closed) {
                visitor.open("reading", path).shows();
                reading.countDown();
            }
        } catch (RuntimeException | AssertionError e) {
            failures.add(e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(failures).as("what readers saw instead of the page").isEmpty();
        assertThat(threads).as("readers who still wait").noneMatch(Thread::isAlive);
    }
}
