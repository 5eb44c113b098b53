// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Under which circumstances it was measured. */
final class Machine {
    private Machine() {}

    /** What else the machine has to do, by the kernel's load average of a minute. */
    record Load(String average) {
        static Load now() {
            return new Load(read("/proc/loadavg").split(" ")[0]);
        }
    }

    static String about(Load before) {
        String model = read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processors");
        return "%d processors (%s), Linux %s, Java %s; load average before the run: %s. %d workers."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        System.getProperty("os.version"),
                        Runtime.version().feature(),
                        before.average(),
                        Arena.WORKERS);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
