// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs things side by side, each on a thread of its own. */
public final class Beside implements AutoCloseable {
    private static final int SECONDS = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "beside");
        thread.setDaemon(true);
        return thread;
    });

    public <T> Future<T> start(Supplier<T> what) {
        return threads.submit(what::get);
    }

    /** Waits for it, and fails as it does. */
    public static <T> T await(Future<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("not done in " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts all, then waits for all. */
    public <T> List<T> all(List<Supplier<T>> what) {
        return what.stream().map(this::start).toList().stream()
                .map(Beside::await)
                .toList();
    }

    /** Closes all, the last whatever the first do. */
    public static void closeAll(List<? extends AutoCloseable> open) {
        if (open.isEmpty()) {
            return;
        }
        try (AutoCloseable first = open.get(0)) {
            // closed when the others are
            closeAll(open.subList(1, open.size()));
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
