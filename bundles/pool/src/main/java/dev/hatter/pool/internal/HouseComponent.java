// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.transport.Transport;
import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the {@link House} and gives it the configuration {@code dev.hatter}. */
@Component(
        name = HouseSettings.PID,
        immediate = true,
        service = HouseComponent.class,
        configurationPid = HouseSettings.PID)
public final class HouseComponent {
    /** The framework property that names the run directory. */
    private static final String RUN_DIRECTORY = "hatter.run";

    /** The property that is set when the framework is to stop at once. */
    private static final String HURRY = "hatter.hurry";

    /** The framework property that says after how many seconds without work a thread ends. */
    private static final String IDLE = "hatter.threads.idle";

    private static final Logger LOG = LoggerFactory.getLogger(HouseComponent.class);

    private final BundleContext context;
    private final HatGate gate;
    private final House house;

    @Activate
    public HouseComponent(
            BundleContext context,
            @Reference(name = "transport") Transport transport,
            @Reference(name = "gate") HatGate gate,
            Map<String, Object> configuration) {
        this.context = context;
        this.gate = gate;
        String run = context.getProperty(RUN_DIRECTORY);
        house = new House(transport, run == null ? null : Path.of(run), idle(context.getProperty(IDLE)));
        modified(configuration);
        gate.setStatusFiles(house.statusFiles());
    }

    private static Duration idle(String seconds) {
        if (seconds == null) {
            return House.IDLE;
        }
        if (seconds.matches("[1-9][0-9]{0,5}")) {
            return Duration.ofSeconds(Integer.parseInt(seconds));
        }
        LOG.error(
                "{} = {} must be a number of seconds, 1 to 999999; {} is taken", IDLE, seconds, House.IDLE.toSeconds());
        return House.IDLE;
    }

    /** Settings with a fault change nothing: those before, or the defaults, stay in force. */
    @Modified
    void modified(Map<String, Object> configuration) {
        try {
            house.apply(HouseSettings.parse(configuration));
        } catch (InvalidSettingsException e) {
            LOG.error("[global] configuration refused, what was in force before stays: {}", e.getMessage());
        }
    }

    House house() {
        return house;
    }

    /** See {@link HatGate#isConfinementThere}. */
    boolean isConfinementThere() {
        return gate.isConfinementThere();
    }

    /** All pools are to stop. */
    void empty() {
        if (context.getProperty(HURRY) != null) {
            house.hurry();
        }
        house.empty();
    }

    @Deactivate
    void deactivate() {
        gate.setStatusFiles(null);
        house.close();
    }
}
