// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Programs;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pool as both managers are told of it, in keys that both know.
 *
 * @param children how many requests it takes at once
 * @param settings further keys, e.g. {@code php_value[post_max_size]}
 */
public record PhpPool(String name, Backend.Unix listen, int children, Map<String, String> settings) {
    Pool forHatter(int concurrency) {
        String php = Programs.require("php-cgi", "php-cgi").toString();
        Pool pool = new Pool(name, listen, children).with("command", php).with("worker.concurrency", concurrency);
        settings.forEach(pool::with);
        return pool;
    }

    Map<String, String> forPhpFpm() {
        Map<String, String> pool = new LinkedHashMap<>();
        pool.put("listen", listen.toString());
        pool.put("listen.mode", "0666");
        pool.put("pm", "static");
        pool.put("pm.max_children", "" + children);
        pool.putAll(settings);
        return pool;
    }
}
