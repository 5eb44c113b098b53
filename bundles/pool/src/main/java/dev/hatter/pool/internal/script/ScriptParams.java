// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import dev.hatter.fastcgi.Params;

/** Reads the script's path from a request's parameters, and writes there what it was found to be. */
public final class ScriptParams {
    private static final String PROXY = "proxy:";

    private ScriptParams() {}

    /**
     * The path of the script that is asked for, as php-fpm reads it: SCRIPT_FILENAME, without what Apache's mod_proxy_fcgi
     * puts around it; PATH_TRANSLATED where that is missing. Null when there is none.
     */
    public static String path(Params params) {
        String path = params.get("SCRIPT_FILENAME");
        if (path == null || path.isEmpty()) {
            path = params.get("PATH_TRANSLATED");
        }
        return path == null || path.isEmpty() ? null : ScriptResolver.normalize(unwrap(path));
    }

    /** "proxy:fcgi://host:port/path?query" and "proxy:balancer://name/path" are "/path". */
    private static String unwrap(String path) {
        if (!path.startsWith(PROXY)) {
            return path;
        }
        int host = path.indexOf("://");
        int slash = host < 0 ? -1 : path.indexOf('/', host + 3);
        int query = path.indexOf('?');
        if (slash < 0) {
            return path;
        }
        return path.substring(slash, query < slash ? path.length() : query);
    }

    /**
     * Gives the worker exact values: the file that was found as the script, what followed it as PATH_INFO. What else
     * php-cgi would derive its script from, or drop PATH_INFO for, doesn't get through: PATH_TRANSLATED is the script to it
     * with {@code cgi.fix_pathinfo = 0}, and beside a REDIRECT_URL; beside a REDIRECT_URL it also empties PATH_INFO.
     */
    public static void apply(Params params, Resolution.Script script) {
        String asked = params.get("SCRIPT_FILENAME");
        if (!script.file().equals(asked)) {
            params.set("SCRIPT_FILENAME", script.file());
        }
        String translated = params.get("PATH_TRANSLATED");
        if (translated != null) {
            params.remove("PATH_TRANSLATED");
        }
        if (!script.pathInfo().isEmpty()) {
            remember(params, "ORIG_SCRIPT_FILENAME", asked == null || asked.isEmpty() ? null : unwrap(asked));
            remember(params, "ORIG_PATH_TRANSLATED", translated);
            applyPathInfo(params, script.pathInfo());
        }
        String pathInfo = params.get("PATH_INFO");
        if (pathInfo != null && !pathInfo.isEmpty()) {
            params.remove("REDIRECT_URL");
        }
    }

    private static void applyPathInfo(Params params, String pathInfo) {
        String name = params.get("SCRIPT_NAME");
        if (name != null && name.endsWith(pathInfo)) {
            remember(params, "ORIG_SCRIPT_NAME", name);
            params.set("SCRIPT_NAME", name.substring(0, name.length() - pathInfo.length()));
        }
        String before = params.get("PATH_INFO");
        if (!pathInfo.equals(before)) {
            remember(params, "ORIG_PATH_INFO", before);
            params.set("PATH_INFO", pathInfo);
        }
    }

    /** php-fpm keeps what it replaces under another name. */
    private static void remember(Params params, String name, String value) {
        if (value != null) {
            params.set(name, value);
        }
    }
}
