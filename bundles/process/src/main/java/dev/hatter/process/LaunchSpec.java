// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to launch.
 *
 * @param name whose process it is ("pool www"), for messages and the registry
 * @param command the program and its arguments; a program without a slash is looked up in Hatter's own PATH
 * @param environment the whole environment of the process; only USER and HOME are added, of a user given by name, where they
 *     are missing
 * @param root {@code chroot}: the directory that is its "/", where program and working directory are looked up then; null
 *     for Hatter's own
 * @param directory its working directory; null for "/"
 * @param identity user and groups; null to keep Hatter's own
 * @param limits what it may use
 * @param enclosure where it is kept by the kernel; null to leave it where Hatter is
 * @param backlog of the listening socket on descriptor 0
 * @param output hears what it writes to descriptors 1 and 2
 */
public record LaunchSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path root,
        Path directory,
        Identity identity,
        Limits limits,
        Enclosure enclosure,
        int backlog,
        OutputListener output) {
    public LaunchSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A process in Hatter's own root, with its limits, and not confined. */
    public LaunchSpec(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Identity identity,
            int backlog,
            OutputListener output) {
        this(name, command, environment, null, directory, identity, Limits.NONE, null, backlog, output);
    }

    public LaunchSpec withRoot(Path value) {
        return new LaunchSpec(
                name, command, environment, value, directory, identity, limits, enclosure, backlog, output);
    }

    public LaunchSpec withEnclosure(Enclosure value) {
        return new LaunchSpec(name, command, environment, root, directory, identity, limits, value, backlog, output);
    }

    public LaunchSpec withLimits(Limits value) {
        return new LaunchSpec(name, command, environment, root, directory, identity, value, enclosure, backlog, output);
    }
}
