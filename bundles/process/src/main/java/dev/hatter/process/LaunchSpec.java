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
 * @param environment the whole environment of the process, nothing is added
 * @param directory its working directory; null for "/"
 * @param identity user and groups; null to keep Hatter's own
 * @param backlog of the listening socket on descriptor 0
 * @param output hears what it writes to descriptors 1 and 2
 */
public record LaunchSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Identity identity,
        int backlog,
        OutputListener output) {
    public LaunchSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
