// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/** A process manager that runs, with its pools. */
interface Server extends AutoCloseable {
    Processes processes();

    @Override
    void close();

    /**
     * A pool as both Hatter and php-fpm understand it.
     *
     * @param name letters and digits
     * @param settings by php-fpm's names
     */
    record Pool(String name, Backend listen, Map<String, String> settings) {
        /** With that many workers from the beginning. */
        static Pool of(String name, Backend listen, int workers) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("listen", listen.toString());
            settings.put("listen.backlog", "1024");
            if (listen instanceof Backend.Unix) {
                settings.put("listen.mode", "0666");
            }
            settings.put("pm", "static");
            settings.put("pm.max_children", "" + workers);
            Machine.workerUser().ifPresent(user -> settings.put("user", user));
            return new Pool(name, listen, settings);
        }

        Pool with(String key, String value) {
            Map<String, String> more = new LinkedHashMap<>(settings);
            more.put(key, value);
            return new Pool(name, listen, more);
        }

        /** With that program's own default. */
        Pool without(String key) {
            Map<String, String> less = new LinkedHashMap<>(settings);
            less.remove(key);
            return new Pool(name, listen, less);
        }

        /** Lines of "key = value". */
        String text() {
            StringBuilder text = new StringBuilder();
            settings.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            return text.toString();
        }
    }
}
