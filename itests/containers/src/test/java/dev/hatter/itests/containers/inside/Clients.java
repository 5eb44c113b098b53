// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask a pool all the time, on kept connections, while it comes and goes: a refused or closed connection and
 * a 503 are to be expected, half an answer or a wrong one is not.
 */
public final class Clients implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final long TRANSFERRED = 200_000;
    private static final Map<String, String> DOWNLOAD =
            Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/download", "QUERY_STRING", "bytes=" + TRANSFERRED);

    private final TestPool pool;
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean closed;

    private Clients(TestPool pool) {
        this.pool = pool;
    }

    /** Starts them and waits until they are served. */
    public static Clients start(TestPool pool) {
        Clients clients = new Clients(pool);
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(clients::run, "client-" + i);
            clients.threads.add(thread);
            thread.start();
        }
        clients.awaitMore(CLIENTS);
        return clients;
    }

    private void run() {
        while (!closed) {
            try (FastCgi connection = new FastCgi(pool.listen())) {
                while (!closed) {
                    check(connection.request(DOWNLOAD, new byte[0]));
                }
            } catch (IOException e) {
                Thread.onSpinWait(); // nobody listens at this moment, or the pool closed it between two requests
            }
        }
    }

    private void check(FastCgi.Answer answer) {
        if (answer.status() == 200 && answer.body().length() == TRANSFERRED) {
            served.incrementAndGet();
        } else if (answer.status() != 503) {
            wrong.add("status " + answer.status() + ", " + answer.body().length() + " bytes, " + answer.stderr());
        }
    }

    /** Waits until so many more requests have been served. */
    public void awaitMore(int requests) {
        int before = served.get();
        await("requests served").atMost(Container.READY).until(() -> served.get() >= before + requests);
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(Container.READY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                thread.interrupt();
                wrong.add("no answer for " + Container.READY);
            }
        }
        assertThat(wrong).as("answers that were wrong").isEmpty();
    }
}
