// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A pool of Hatter's own responder, by ConfigAdmin. It is looked at by its service, without its classes, and by its
 * workers, which are processes of this machine; its end deletes its configuration and sees that nothing is left.
 */
public final class TestPool implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Map<String, String> HELLO =
            Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello", "QUERY_STRING", "plain");

    private final Container container;
    private final String name;
    private final Backend listen;
    private final Map<String, Object> keys = new java.util.TreeMap<>();

    private TestPool(Container container, String name, Backend listen) {
        this.container = container;
        this.name = name;
        this.listen = listen;
        keys.put("listen", listen.toString());
        keys.put("pm", "static");
        keys.put("pm.max_children", "1");
        keys.put("command", command(name));
        Machine.workerUser().ifPresent(user -> keys.put("user", user));
    }

    /** One that isn't configured yet. */
    public static TestPool on(Container container, Backend listen) {
        return new TestPool(container, freshName(), listen);
    }

    /** One on a TCP port, configured and active. */
    public static TestPool started(Container container) {
        TestPool pool = on(container, Backend.tcp());
        pool.configure();
        pool.awaitState("ACTIVE");
        return pool;
    }

    static String freshName() {
        return "t" + ProcessHandle.current().pid() + "-" + System.nanoTime() + "-" + NUMBER.incrementAndGet();
    }

    /** The responder with all its misdeeds, and with a mark by which the pool's workers are known. */
    static String command(String mark) {
        return "'" + System.getProperty("java.home")
                + "/bin/java' -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Dhatter.mark=" + mark
                + " -jar '" + System.getProperty("hatter.responder") + "' --connections 16";
    }

    public TestPool with(String key, Object value) {
        keys.put(key, value);
        return this;
    }

    public TestPool without(String key) {
        keys.remove(key);
        return this;
    }

    public String name() {
        return name;
    }

    public Backend listen() {
        return listen;
    }

    public Map<String, Object> keys() {
        return keys;
    }

    /** Gives ConfigAdmin the keys as they are now. */
    public TestPool configure() {
        return container.with(ConfigurationAdmin.class, admin -> {
            try {
                Configuration configuration = admin.getFactoryConfiguration("dev.hatter.pool", name, "?");
                configuration.update(new Hashtable<>(keys));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public void delete() {
        container.with(ConfigurationAdmin.class, admin -> {
            try {
                admin.getFactoryConfiguration("dev.hatter.pool", name, "?").delete();
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Its service; null when it has none. */
    public ServiceReference<?> service() {
        try {
            ServiceReference<?>[] found = container
                    .context()
                    .getAllServiceReferences("dev.hatter.pool.Pool", "(service.pid=dev.hatter.pool~" + name + ")");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its state's name; "" when there is no such pool. */
    public String state() {
        return String.valueOf(ask("state", ""));
    }

    /** Why its newest configuration isn't in force; "" when it is. */
    public String refused() {
        return Objects.requireNonNullElse(number("refused"), "").toString();
    }

    /** That number of its snapshot; null when there is no such pool. */
    public Object number(String name) {
        Object snapshot = ask("snapshot", null);
        try {
            return snapshot == null
                    ? null
                    : call(((CompletionStage<?>) snapshot).toCompletableFuture().get(10, TimeUnit.SECONDS), name);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no snapshot of " + this.name, e);
        }
    }

    private Object ask(String method, Object none) {
        ServiceReference<?> service = service();
        Object pool = service == null
                ? null
                : container.context().getBundle(0).getBundleContext().getService(service);
        if (pool == null) {
            return none;
        }
        try {
            return call(pool, method);
        } finally {
            container.context().getBundle(0).getBundleContext().ungetService(service);
        }
    }

    private static Object call(Object target, String method) {
        try {
            return target.getClass().getMethod(method).invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    public void awaitState(String state) {
        await("pool " + name + " " + state).atMost(Container.READY).until(this::state, state::equals);
    }

    /** Waits until the pool has no service, no worker and no socket. */
    public void awaitGone() {
        await("end of pool " + name).atMost(Container.READY).untilAsserted(() -> {
            assertThat(service()).as("service").isNull();
            assertThat(workers()).as("workers").isEmpty();
            assertThat(listens()).as("socket").isFalse();
        });
    }

    /** Whether somebody listens there, or a socket file is left. */
    public boolean listens() {
        if (listen instanceof Backend.Unix unix && Files.exists(unix.path())) {
            return true;
        }
        try (var channel = listen.connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Its worker processes, by the mark in their command lines. */
    public List<ProcessHandle> workers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("-Dhatter.mark=" + name + " "))
                .toList();
    }

    /** What there is of it, for a failure. */
    public String describe() {
        return "pool with workers " + number("workers") + ", processes "
                + workers().stream()
                        .map(process -> process.pid() + " of parent "
                                + process.parent().map(ProcessHandle::pid).orElse(0L) + " since "
                                + process.info().startInstant().orElse(null) + " "
                                + process.info().commandLine().orElse(""))
                        .toList();
    }

    /** One request on a connection of its own, which must be served. */
    public String get() {
        try {
            FastCgi.Answer answer = FastCgi.ask(listen, HELLO);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.body()).startsWith("Hello from");
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError("no answer from " + listen, e);
        }
    }

    /** A request that takes its time; returns when a worker has it. */
    public CompletableFuture<FastCgi.Answer> askSlowly() {
        Map<String, String> slow = Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/slow", "QUERY_STRING", "ms=1500");
        CompletableFuture<FastCgi.Answer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return FastCgi.ask(listen, slow);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        await("slow request under way")
                .atMost(Container.READY)
                .until(() -> Integer.valueOf(1).equals(number("activeRequests")));
        return answer;
    }

    @Override
    public void close() {
        delete();
        awaitGone();
    }
}
