// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A pool's configuration file. */
public final class Pool {
    private final String name;
    private final Backend listen;
    private final Map<String, String> settings = new LinkedHashMap<>();

    public Pool(String name, Backend listen, int workers) {
        this.name = name;
        this.listen = listen;
        with("listen", listen).with("pm", "static").with("pm.max_children", workers);
        if (listen instanceof Backend.Unix) {
            with("listen.mode", "0666");
        }
        Machine.workerUser().ifPresent(user -> with("user", user));
    }

    /** A pool of PHP as Debian has it, but without its limit on uploads. */
    public static Pool php(String name, Backend listen, int workers) {
        Path php = Programs.require("php-cgi", "php-cgi");
        return new Pool(name, listen, workers).with("command", php + " -d post_max_size=0");
    }

    public static Pool responder(String name, Backend listen, int workers) {
        return new Pool(name, listen, workers).with("command", Responder.command());
    }

    public Pool with(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    public Pool without(String key) {
        settings.remove(key);
        return this;
    }

    public String name() {
        return name;
    }

    public Backend listen() {
        return listen;
    }

    public String file() {
        return "dev.hatter.pool-" + name + ".cfg";
    }

    public String text() {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
