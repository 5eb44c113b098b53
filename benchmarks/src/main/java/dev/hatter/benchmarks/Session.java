// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts each server, and the client, in a session of its own, as a service manager does: the scheduler (autogroup) divides
 * the processors between sessions first.
 */
final class Session {
    private Session() {}

    static Child start(String name, Path directory, Map<String, String> environment, List<String> command) {
        List<String> whole = new ArrayList<>();
        // not forking, as it is never the leader of a group here
        whole.add(Programs.require("setsid", "util-linux").toString());
        whole.addAll(command);
        return Child.start(name, directory, environment, whole);
    }
}
