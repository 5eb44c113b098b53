// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.transport.Transport;
import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.pool.internal.worker.ProcessMax;
import dev.hatter.pool.internal.worker.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all pools share: event loops, threads that may block, the directory of status files, and who is still there. */
final class House implements AutoCloseable {
    /** How much longer than {@code process_control_timeout} a pool may take, when it has to kill its workers in the end. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Enough that a few pools whose files lie on a slow disk hold up no other, few enough for a thousand pools at once. */
    private static final int STARTERS = 8;

    /** How long a thread that may block stays without work. */
    static final Duration IDLE = Duration.ofSeconds(10);

    private static final String OWN_LOCALE = System.getProperty("hatter.lc_all");

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final Loops loops;
    private final ExecutorService threads;
    private final ExecutorService starters;
    private final StatusFiles statusFiles;
    private final PhpInis phpInis;
    private final boolean root = isRoot();
    private final Quota quota = new ProcessMax(() -> settings().processMax());
    private volatile HouseSettings settings = HouseSettings.DEFAULTS;
    private final Set<PoolLife> lives = ConcurrentHashMap.newKeySet();
    private final Set<PoolRunner> present = ConcurrentHashMap.newKeySet();

    /**
     * @param runDirectory where status files go; null for none
     * @param idle see {@link #IDLE}
     */
    House(Transport transport, Path runDirectory, Duration idle) {
        loops = new Loops(
                transport,
                Runtime.getRuntime().availableProcessors(),
                () -> settings.busyWait().toNanos());
        long millis = idle.toMillis();
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                millis,
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                named("hatter-blocking-"));
        ThreadPoolExecutor few = new ThreadPoolExecutor(
                STARTERS, STARTERS, millis, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), named("hatter-start-"));
        few.allowCoreThreadTimeOut(true);
        starters = few;
        statusFiles = StatusFiles.in(runDirectory);
        phpInis = new PhpInis(new SerialExecutor(threads));
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    Loops loops() {
        return loops;
    }

    /** What a pool's settings are read against. */
    SettingsParser.Manager manager() {
        return new SettingsParser.Manager(root, environment(System.getenv(), OWN_LOCALE), settings.priority());
    }

    /**
     * What workers may have of Hatter's environment: without the locale that bin/hatter gives its Java, with the one that it
     * was itself started with.
     *
     * @param locale LC_ALL as the operator had it; empty when it wasn't set, null when bin/hatter didn't start this
     */
    static Map<String, String> environment(Map<String, String> own, String locale) {
        if (locale == null) {
            return own;
        }
        Map<String, String> environment = new HashMap<>(own);
        if (locale.isEmpty()) {
            environment.remove("LC_ALL");
        } else {
            environment.put("LC_ALL", locale);
        }
        return environment;
    }

    PhpInis phpInis() {
        return phpInis;
    }

    Executor threads() {
        return threads;
    }

    /** On these pools are started and reloaded, and their states written. */
    Executor starters() {
        return starters;
    }

    StatusFiles statusFiles() {
        return statusFiles;
    }

    HouseSettings settings() {
        return settings;
    }

    /** Puts other settings in force. Pools that another default means other workers to get them. */
    void apply(HouseSettings next) {
        HouseSettings before = settings;
        settings = next;
        if (!Objects.equals(before.priority(), next.priority())) {
            lives.forEach(PoolLife::refresh);
        }
    }

    /** Nobody is to be waited for any more. */
    void hurry() {
        settings = new HouseSettings(
                settings.processMax(),
                settings.priority(),
                Duration.ZERO,
                settings.emergencyThreshold(),
                settings.emergencyInterval(),
                settings.busyWait());
    }

    Quota quota() {
        return quota;
    }

    private long stopMillis() {
        return settings.controlTimeout().plus(MARGIN).toMillis();
    }

    /** That one is told when what holds for all pools changes what it is. */
    void add(PoolLife life) {
        lives.add(life);
    }

    void remove(PoolLife life) {
        lives.remove(life);
    }

    void enter(PoolRunner runner) {
        present.add(runner);
    }

    /** Stops one pool, in the background. Its address is free when this returns. */
    CompletionStage<Void> leave(PoolRunner runner) {
        runner.freeAddress();
        return runner.stop().thenRun(() -> present.remove(runner));
    }

    /** Stops all pools, side by side, and waits until they are gone, for a bounded time. */
    void empty() {
        CompletableFuture<?>[] leaving = present.stream()
                .map(runner -> leave(runner).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(leaving).get(stopMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("some pools did not stop within {} ms", stopMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        phpInis.close();
        empty();
        loops.close();
        starters.shutdown();
        threads.shutdown();
        try {
            if (!starters.awaitTermination(stopMillis(), TimeUnit.MILLISECONDS)
                    || !threads.awaitTermination(stopMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("some blocking work did not end within {} ms", stopMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
