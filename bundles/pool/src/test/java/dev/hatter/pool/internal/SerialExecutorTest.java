// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SerialExecutor serial = new SerialExecutor(threads);

    @AfterEach
    void shutdown() {
        threads.shutdownNow();
    }

    @Test
    void runsOneTaskAfterTheOtherInOrder() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            serial.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                order.add(number);
                running.decrementAndGet();
                done.countDown();
            });
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(order).isSorted().hasSize(1_000);
    }

    @Test
    void aFailingTaskDoesNotKeepTheNextFromRunning() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        ExecutorService quiet = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((t, e) -> {});
            return thread;
        });
        SerialExecutor executor = new SerialExecutor(quiet);
        executor.execute(() -> {
            throw new IllegalStateException("told to");
        });
        executor.execute(next::countDown);
        assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
        quiet.shutdownNow();
    }
}
