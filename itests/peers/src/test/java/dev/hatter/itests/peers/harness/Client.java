// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask a pool all the time, each on a connection of its own, until closed; then none may have failed. */
public final class Client implements AutoCloseable {
    private static final Map<String, String> HELLO =
            Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello", "QUERY_STRING", "plain");

    private final List<Thread> threads = new ArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean closed;

    /** Starts so many and waits until each has been served. */
    public static Client start(Backend responder, int clients) {
        Client client = new Client();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> client.run(responder), "client-" + i);
            client.threads.add(thread);
            thread.start();
        }
        client.awaitMore(clients);
        return client;
    }

    private void run(Backend responder) {
        while (!closed) {
            try (FastCgi connection = new FastCgi(responder)) {
                while (!closed) {
                    ask(connection);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    private void ask(FastCgi connection) throws IOException {
        FastCgi.Answer answer = connection.request(HELLO, new byte[0]);
        if (answer.status() == 200 && answer.body().startsWith("Hello from Hatter")) {
            served.incrementAndGet();
        } else {
            failures.add(answer.toString());
        }
    }

    /** Waits until so many more requests have been served, whatever else goes on. */
    public void awaitMore(int requests) {
        int before = served.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> served.get() >= before + requests);
    }

    public int served() {
        return served.get();
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(20).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                thread.interrupt(); // closes its connection
                failures.add("no answer for 20 s");
            }
        }
        assertThat(failures)
                .as("failures of clients that had nothing to do with it")
                .isEmpty();
    }
}
