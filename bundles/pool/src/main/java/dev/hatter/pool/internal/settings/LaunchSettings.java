// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.process.Identity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What makes a worker process what it is: when any of it changes, new workers have to be started.
 *
 * @param command program and arguments
 * @param optional {@code command.optional}: a program that isn't installed is no fault
 * @param environment the worker's whole environment
 * @param directory {@code chdir}; null for "/"
 * @param identity {@code user} and {@code group}; null to keep Hatter's own
 * @param concurrency {@code worker.concurrency}: how many requests one worker takes at once
 * @param phpCgi whether the program is php-cgi, which needs some care
 */
public record LaunchSettings(
        List<String> command,
        boolean optional,
        Map<String, String> environment,
        Path directory,
        Identity identity,
        int concurrency,
        boolean phpCgi) {
    public LaunchSettings {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
