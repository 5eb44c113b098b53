// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where this Hatter lives, as bin/hatter tells by system properties.
 *
 * @param home the unpacked distribution, only read
 * @param conf the configuration files, only read
 * @param run all that is written: pid file, sockets, states, bundle cache
 * @param stopTimeout how long a stop may take before it is forced
 */
record Settings(Path home, Path conf, Path run, Duration stopTimeout) {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    static Settings fromSystemProperties() throws StartException {
        Path home = directory("hatter.home");
        Path conf = directory("hatter.conf");
        return new Settings(home, conf, Path.of(required("hatter.run")), configuredStopTimeout());
    }

    private static Path directory(String name) throws StartException {
        Path directory = Path.of(required(name));
        if (!Files.isDirectory(directory)) {
            throw new StartException(name + " = \"" + directory + "\": no such directory");
        }
        return directory;
    }

    private static String required(String name) throws StartException {
        String value = System.getProperty(name, "");
        if (!value.startsWith("/")) {
            throw new StartException(name + " = \"" + value + "\": must be an absolute path; start me by bin/hatter");
        }
        return value;
    }

    private static Duration configuredStopTimeout() throws StartException {
        String value = System.getProperty("hatter.stop.timeout");
        if (value == null) {
            return STOP_TIMEOUT;
        }
        if (!value.matches("[0-9]{1,5}")) {
            throw new StartException("hatter.stop.timeout = \"" + value + "\": must be seconds, 0 to 99999");
        }
        return Duration.ofSeconds(Integer.parseInt(value));
    }
}
