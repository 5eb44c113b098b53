// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.awaitility.Awaitility.await;

import dev.hatter.fastcgi.transport.Transport;
import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.WorkerSnapshot;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.process.CloseableLauncher;
import dev.hatter.process.Confinement;
import dev.hatter.process.Launchers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A pool "www" with a Unix socket and real workers, outside of OSGi. */
final class TestPool implements AutoCloseable {
    private final Path directory;
    private final Map<String, Object> defaults;
    private final CloseableLauncher launcher;
    private final House house;
    private final PoolHouse own;
    private PoolRunner runner;

    /** @param defaults keys of each configuration, beside "listen" */
    TestPool(Path directory, Map<String, String> defaults, Supplier<Confinement> confinement) throws IOException {
        this.directory = directory;
        this.defaults = new HashMap<>(defaults);
        this.defaults.put("listen", socket().toString());
        this.launcher = Launchers.open(directory.resolve("run"));
        this.house = new House(Transport.best(), directory.resolve("run"), House.IDLE);
        this.own = new PoolHouse(house, launcher, confinement, reason -> {});
    }

    Path socket() {
        return directory.resolve("front.sock");
    }

    PoolSettings settings(String... keysAndValues) throws InvalidSettingsException {
        Map<String, Object> keys = new HashMap<>(defaults);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return SettingsParser.parse("www", keys, new SettingsParser.Manager(false, Map.of(), null));
    }

    void start(String... keysAndValues) throws InvalidSettingsException {
        PoolSettings settings = settings(keysAndValues);
        own.check(settings);
        runner = new PoolRunner(own, settings);
        runner.start();
        house.enter(runner);
    }

    void reconfigure(String... keysAndValues) throws InvalidSettingsException {
        runner.reconfigure(settings(keysAndValues));
    }

    PoolState state() {
        return runner.state();
    }

    PoolRunner runner() {
        return runner;
    }

    House house() {
        return house;
    }

    /** Another pool of the same house, with those settings; not started. */
    PoolRunner second(PoolSettings settings) {
        return new PoolRunner(new PoolHouse(house, launcher, () -> null, reason -> {}), settings);
    }

    PoolSnapshot snapshot() {
        try {
            return runner.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    List<WorkerSnapshot> ready() {
        return snapshot().workers().stream()
                .filter(worker -> worker.state().equals("READY"))
                .toList();
    }

    void awaitReady(int workers) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> ready().size() == workers);
    }

    @Override
    public void close() {
        house.close();
        launcher.close();
    }
}
