// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.Pool;
import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.process.Launcher;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pool for each {@code dev.hatter.pool} configuration. */
@Component(
        name = Pool.FACTORY_PID,
        configurationPid = Pool.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = Pool.class)
public final class PoolComponent implements Pool {
    private static final Logger LOG = LoggerFactory.getLogger(PoolComponent.class);

    /** With these the other pools stay. */
    private static final Set<Integer> ALONE = Set.of(
            ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED,
            ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);

    private final String name;
    private final HouseComponent houses;
    private final House house;
    private final PoolHouse own;
    private volatile PoolRunner runner;
    private volatile String refused;

    /** A configuration that can't be applied leaves the pool refused, without a listener or a worker, until it is mended. */
    @Activate
    public PoolComponent(
            @Reference HouseComponent houses, @Reference Launcher launcher, Map<String, Object> configuration) {
        this.name = PoolName.of(String.valueOf(configuration.get(Constants.SERVICE_PID)));
        this.houses = houses;
        this.house = houses.house();
        this.own = new PoolHouse(house, launcher, () -> null);
        start(configuration);
    }

    @Modified
    void modified(Map<String, Object> configuration) {
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
            refused = null;
        } catch (ProgramMissingException e) {
            LOG.info("[pool {}] inactive: {}", name, e.getMessage());
            refuse("inactive", e);
        } catch (InvalidSettingsException e) {
            LOG.error("[pool {}] not started: {}", name, e.getMessage());
            refuse("refused", e);
        }
    }

    private void refuse(String state, InvalidSettingsException reason) {
        refused = reason.getMessage();
        own.statusFile(name).write(state + ": " + refused);
    }

    private void reload(Map<String, Object> configuration) {
        try {
            runner.reconfigure(parse(configuration));
        } catch (InvalidSettingsException e) {
            runner.refuse(e.getMessage());
        }
    }

    @Deactivate
    void deactivate(int reason) {
        if (runner == null) {
            own.statusFile(name).remove();
        }
        if (!ALONE.contains(reason)) {
            houses.empty();
        } else if (runner != null) {
            house.leave(runner);
        }
    }

    private PoolSettings parse(Map<String, Object> configuration) throws InvalidSettingsException {
        return SettingsParser.parse(name, configuration, house.manager());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PoolState state() {
        return runner == null ? PoolState.REFUSED : runner.state();
    }

    @Override
    public CompletionStage<PoolSnapshot> snapshot() {
        return runner == null
                ? CompletableFuture.completedFuture(PoolSnapshot.refused(name, refused))
                : runner.snapshot();
    }
}
