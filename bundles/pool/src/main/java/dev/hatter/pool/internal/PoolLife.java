// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.process.Confinement;
import dev.hatter.process.Launcher;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configured pool, from its first configuration to its end: it starts, is refused, or is reloaded, one configuration after
 * the other. That is done on the house's threads for starting, so that a thousand pools start side by side. Thread-safe.
 */
final class PoolLife {
    private static final Logger LOG = LoggerFactory.getLogger(PoolLife.class);

    private final String name;
    private final House house;
    private final PoolHouse own;
    private volatile PoolRunner runner;
    private volatile String refused;
    private Map<String, Object> newest;
    private boolean ended;

    /** @param refusals is told why the newest configuration isn't in force, and null once it is again */
    PoolLife(
            String name, House house, Launcher launcher, Supplier<Confinement> confinement, Consumer<String> refusals) {
        this.name = name;
        this.house = house;
        this.own = new PoolHouse(house, launcher, confinement, refusals);
    }

    String name() {
        return name;
    }

    /**
     * Puts that configuration in force, soon, after those before it. One that can't be applied leaves what runs as it is; a
     * pool that doesn't run is refused then, without a listener or a worker, until it is mended.
     */
    void configure(Map<String, Object> configuration) {
        house.add(this);
        own.turns().execute(() -> apply(configuration));
    }

    /** Puts the newest configuration in force anew: what holds for all pools has changed. Soon, as above. */
    void refresh() {
        own.turns().execute(() -> {
            synchronized (this) {
                if (newest != null) {
                    apply(newest);
                }
            }
        });
    }

    private synchronized void apply(Map<String, Object> configuration) {
        if (ended) {
            return;
        }
        newest = configuration;
        if (runner == null) {
            start(configuration);
        } else {
            reload(configuration);
        }
    }

    private void start(Map<String, Object> configuration) {
        try {
            PoolSettings settings = parse(configuration);
            own.check(settings);
            PoolRunner started = new PoolRunner(own, settings);
            started.start();
            house.enter(started);
            runner = started;
            if (refused != null) {
                refused = null;
                own.tellRefusal(null);
            }
        } catch (ProgramMissingException e) {
            LOG.info("[pool {}] inactive: {}", name, e.getMessage());
            refuse("inactive", e.getMessage());
        } catch (InvalidSettingsException e) {
            LOG.error("[pool {}] not started: {}", name, e.getMessage());
            refuse("refused", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("[pool {}] not started", name, e);
            refuse("refused", e.toString());
        }
    }

    private void refuse(String state, String reason) {
        refused = reason;
        own.tellRefusal(reason);
        own.statusFile(name).write(state + ": " + reason);
    }

    private void reload(Map<String, Object> configuration) {
        try {
            runner.reconfigure(parse(configuration));
        } catch (InvalidSettingsException e) {
            runner.refuse(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("[pool {}] not reloaded", name, e);
            runner.refuse(e.toString());
        }
    }

    private PoolSettings parse(Map<String, Object> configuration) throws InvalidSettingsException {
        return SettingsParser.parse(name, configuration, house.manager());
    }

    /** Puts nothing in force any more; a start under way is over when this returns. What runs, runs on. */
    synchronized void end() {
        ended = true;
        house.remove(this);
        if (runner == null) {
            own.statusFile(name).remove();
        }
    }

    /** Ends, and stops what runs, in the background. Its address is free when this returns. */
    void leave() {
        end();
        if (runner != null) {
            house.leave(runner);
        }
    }

    /** Whether its workers must not run but confined. */
    boolean isConfined() {
        return runner != null && runner.isConfined();
    }

    /**
     * Ends, and stops what runs, in the background: nobody who comes from now on is served, who is with a worker still is.
     * Its address is free when this returns.
     */
    void withdraw(String reason) {
        end();
        if (runner != null) {
            runner.withdraw(reason);
            house.leave(runner);
        }
    }

    PoolState state() {
        if (runner != null) {
            return runner.state();
        }
        return refused == null ? PoolState.STARTING : PoolState.REFUSED;
    }

    CompletionStage<PoolSnapshot> snapshot() {
        if (runner != null) {
            return runner.snapshot();
        }
        return CompletableFuture.completedFuture(PoolSnapshot.notListening(name, refused));
    }
}
