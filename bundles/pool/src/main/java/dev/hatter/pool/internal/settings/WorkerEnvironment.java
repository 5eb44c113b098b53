// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The environment a worker is started with. */
final class WorkerEnvironment {
    /** php-cgi that finds these in its environment takes itself for a plain CGI program, or ignores its options. */
    private static final Set<String> CGI = Set.of(
            "QUERY_STRING",
            "REQUEST_METHOD",
            "SCRIPT_FILENAME",
            "PATH_TRANSLATED",
            "SERVER_SOFTWARE",
            "SERVER_NAME",
            "GATEWAY_INTERFACE");

    private WorkerEnvironment() {}

    /** @param named whether the user is given by name: then USER and HOME are that user's */
    static Map<String, String> of(
            Map<String, String> inherited, Map<String, String> own, boolean named, boolean phpCgi, int concurrency) {
        Map<String, String> environment = new HashMap<>(inherited);
        environment.keySet().removeAll(CGI);
        if (named) {
            environment.keySet().removeAll(Set.of("USER", "HOME")); // the launcher adds them
        }
        environment.putAll(own);
        if (phpCgi) {
            // php-cgi would leave after 500 requests; pm.max_requests counts them here
            environment.put("PHP_FCGI_MAX_REQUESTS", "0");
            environment.remove("PHP_FCGI_CHILDREN");
            if (concurrency > 1) {
                environment.put("PHP_FCGI_CHILDREN", Integer.toString(concurrency));
            }
        }
        return environment;
    }
}
