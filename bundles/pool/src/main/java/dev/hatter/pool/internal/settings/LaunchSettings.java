// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.process.Identity;
import dev.hatter.process.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What makes a worker process what it is: when any of it changes, new workers have to be started.
 *
 * @param command program and arguments
 * @param optional {@code command.optional}: a program that isn't installed is no fault
 * @param environment the worker's whole environment
 * @param chroot the workers' root directory, in which their paths lie, scripts' too; null for Hatter's own
 * @param directory {@code chdir}
 * @param identity {@code user} and {@code group}; null to keep Hatter's own
 * @param limits {@code rlimit_files}, {@code rlimit_core}, {@code process.priority},
 *     {@code process.scheduling} and {@code umask}
 * @param hat {@code apparmor_hat}; null to leave them unconfined
 * @param php {@code php_value} and its like
 * @param concurrency {@code worker.concurrency}: how many requests one worker takes at once
 * @param phpCgi whether the program is php-cgi, which needs some care
 */
public record LaunchSettings(
        List<String> command,
        boolean optional,
        Map<String, String> environment,
        Path chroot,
        Path directory,
        Identity identity,
        Limits limits,
        Hat hat,
        PhpValues php,
        int concurrency,
        boolean phpCgi) {
    public LaunchSettings {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The command with all arguments: PHP settings come last. */
    public List<String> argv() {
        List<String> argv = new ArrayList<>(command);
        if (phpCgi) {
            argv.addAll(php.arguments());
        }
        return argv;
    }
}
