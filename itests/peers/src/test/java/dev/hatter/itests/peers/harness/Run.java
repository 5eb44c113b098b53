// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command that was run to its end.
 *
 * @param output stdout and stderr
 */
public record Run(int exitCode, String output) {
    public static Run run(Duration time, Map<String, String> environment, List<String> command) {
        String name = Path.of(command.get(0)).getFileName().toString();
        try (Child child = Child.start(name, Path.of("/"), environment, command)) {
            int exitCode = child.await(time);
            return new Run(exitCode, Logs.read(child.log()));
        }
    }

    /** Runs it and fails unless it ends with code 0. */
    public static String check(Duration time, String... command) {
        Run run = run(time, Map.of(), List.of(command));
        if (run.exitCode != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with code " + run.exitCode + ": " + run.output);
        }
        return run.output;
    }
}
