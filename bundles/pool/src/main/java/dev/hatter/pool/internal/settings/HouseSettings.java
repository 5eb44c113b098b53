// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * What holds for all pools: the configuration {@code dev.hatter}, php-fpm's global section.
 *
 * @param processMax {@code process.max}: worker processes of all pools together; 0 for no limit
 * @param priority {@code process.priority}: nice value of the workers whose pool sets none; null to keep Hatter's own
 * @param controlTimeout {@code process_control_timeout}: how long requests may take to finish once their pool or their worker
 *     is to end
 * @param emergencyThreshold {@code emergency_restart_threshold}: so many workers of a pool that crash...
 * @param emergencyInterval {@code emergency_restart_interval}: ...in that time have all its workers replaced; 0 and zero
 *     for never
 * @param busyWait {@code events.busy_wait}: for so long an event loop may look for events before it goes to sleep; zero for
 *     not at all. A key of ours, next to php-fpm's {@code events.mechanism}
 */
public record HouseSettings(
        int processMax,
        Integer priority,
        Duration controlTimeout,
        int emergencyThreshold,
        Duration emergencyInterval,
        Duration busyWait) {
    private static final int BUSY_MICROS = 100;
    private static final int MOST_BUSY_MICROS = 1000;

    /** The factory-less PID of this configuration. */
    public static final String PID = "dev.hatter";

    /** What holds where nothing is configured. */
    public static final HouseSettings DEFAULTS =
            new HouseSettings(0, null, Duration.ofSeconds(10), 0, Duration.ZERO, micros(BUSY_MICROS));

    /** @throws InvalidSettingsException with every fault there is */
    public static HouseSettings parse(Map<String, ?> properties) throws InvalidSettingsException {
        return parse(new Entries(properties));
    }

    /** The same; the entries then know each key there is. */
    static HouseSettings parse(Entries entries) throws InvalidSettingsException {
        HouseSettings settings = new HouseSettings(
                entries.integer("process.max", DEFAULTS.processMax, 0, Integer.MAX_VALUE),
                LaunchParser.priority(entries, DEFAULTS.priority),
                entries.time("process_control_timeout", DEFAULTS.controlTimeout),
                entries.integer("emergency_restart_threshold", DEFAULTS.emergencyThreshold, 0, Integer.MAX_VALUE),
                entries.time("emergency_restart_interval", DEFAULTS.emergencyInterval),
                micros(entries.integer("events.busy_wait", BUSY_MICROS, 0, MOST_BUSY_MICROS)));
        entries.refuseTheRest();
        if (!entries.faults().isEmpty()) {
            throw new InvalidSettingsException(entries.faults());
        }
        return settings;
    }

    private static Duration micros(int micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
