// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Programs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operator changes in a pool of PHP, one thing after the other and then again: the command, the environment, the
 * limits, the numbers, where it listens, the rights on the socket. The same for Hatter and for php-fpm.
 *
 * @param memory php's memory_limit: part of Hatter's command
 */
public record Edits(
        List<Backend> addresses,
        int memory,
        int variable,
        int seconds,
        int children,
        int backlog,
        int address,
        int right) {
    private static final List<String> MODES = List.of("0666", "0777");

    public static Edits of(List<Backend> addresses) {
        return new Edits(addresses, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The settings after the next edit. */
    public Edits next(int round) {
        return switch (round % 6) {
            case 0 -> new Edits(addresses, memory + 1, variable, seconds, children, backlog, address, right);
            case 1 -> new Edits(addresses, memory, variable + 1, seconds, children, backlog, address, right);
            case 2 -> new Edits(addresses, memory, variable, seconds + 1, children, backlog, address, right);
            case 3 -> new Edits(addresses, memory, variable, seconds, children + 1, backlog + 1, address, right);
            case 4 -> new Edits(addresses, memory, variable, seconds, children, backlog, address + 1, right);
            default -> new Edits(addresses, memory, variable, seconds, children, backlog, address, right + 1);
        };
    }

    public static String what(int round) {
        return List.of("command", "environment", "limits", "numbers", "address", "mode")
                .get(round % 6);
    }

    private Backend listen() {
        return addresses.get(address % addresses.size());
    }

    private int maxChildren() {
        return 16 + children % 3;
    }

    private String limit() {
        return (40 + seconds % 5) + "s";
    }

    private String mode() {
        return MODES.get(right % MODES.size());
    }

    private String memoryLimit() {
        return (128 + memory) + "M";
    }

    /** As Hatter has it. */
    public Pool pool(String name) {
        return new Pool(name, listen(), maxChildren())
                .with("command", Programs.require("php-cgi", "php-cgi") + " -d memory_limit=" + memoryLimit())
                .with("env[ROUND]", variable)
                .with("request_terminate_timeout", limit())
                .with("rlimit_files", 1024 + seconds)
                .with("listen.backlog", 511 + backlog % 3)
                .with("listen.mode", mode());
    }

    /** As php-fpm has it. */
    public Map<String, String> phpFpm() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen", listen().toString());
        settings.put("listen.mode", mode());
        Machine.workerUser().ifPresent(user -> settings.put("listen.owner", user));
        settings.put("listen.backlog", "" + (511 + backlog % 3));
        settings.put("pm", "static");
        settings.put("pm.max_children", "" + maxChildren());
        settings.put("php_admin_value[memory_limit]", memoryLimit());
        settings.put("env[ROUND]", "r" + variable);
        settings.put("request_terminate_timeout", limit());
        settings.put("rlimit_files", "" + (1024 + seconds));
        return settings;
    }
}
