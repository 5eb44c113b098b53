// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import dev.hatter.fastcgi.Params;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
     * Gives the worker exact values: the file that was found as the script, and PATH_INFO as php-fpm would. What else
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
            splitPathInfo(params, asked, script.pathInfo());
            remember(params, "ORIG_PATH_TRANSLATED", translated);
        }
        String pathInfo = params.get("PATH_INFO");
        if (pathInfo != null && !pathInfo.isEmpty()) {
            params.remove("REDIRECT_URL");
        }
    }

    /**
     * What php-fpm makes of a path that goes on behind its script (fpm_main.c, init_request_info). Where Apache's proxy has
     * sent the path, what follows the script is PATH_INFO. Else it is only where the web server's own PATH_INFO is longer
     * and so begins with the script's name; a web server that sends none, or one that is right already, isn't corrected.
     *
     * @param asked SCRIPT_FILENAME as it came
     * @param rest what follows the script in the path
     */
    private static void splitPathInfo(Params params, String asked, String rest) {
        boolean apache = asked != null && asked.startsWith(PROXY);
        String before = params.get("PATH_INFO");
        if (apache ? !rest.equals(before) : before != null && before.length() > rest.length()) {
            int start = before == null ? 0 : before.length() - rest.length();
            if (before != null) {
                remember(params, "ORIG_PATH_INFO", before);
                rename(params, apache ? before : before.substring(0, start));
            } else {
                cutScriptName(params, rest);
            }
            params.set("PATH_INFO", apache ? rest : before.substring(start));
        }
        remember(params, "ORIG_SCRIPT_FILENAME", asked == null || asked.isEmpty() ? null : unwrap(asked));
    }

    /** With ProxyPassMatch Apache can't tell PATH_INFO, and so leaves it in SCRIPT_NAME, with its escapes decoded. */
    private static void cutScriptName(Params params, String rest) {
        String name = params.get("SCRIPT_NAME");
        for (String end : List.of(rest, decoded(rest))) {
            if (name != null && name.length() > end.length() && name.endsWith(end)) {
                rename(params, name.substring(0, name.length() - end.length()));
                return;
            }
        }
    }

    private static void rename(Params params, String name) {
        String before = params.get("SCRIPT_NAME");
        if (!name.equals(before)) {
            remember(params, "ORIG_SCRIPT_NAME", before);
            params.set("SCRIPT_NAME", name);
        }
    }

    /** Percent escapes are decoded; a plus stays one, as in paths. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            int value = encoded[i] == '%' && i + 2 < encoded.length ? escaped(encoded[i + 1], encoded[i + 2]) : -1;
            if (value >= 0) {
                bytes.write(value);
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int escaped(byte high, byte low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }

    /** php-fpm keeps what it replaces under another name. */
    private static void remember(Params params, String name, String value) {
        if (value != null) {
            params.set(name, value);
        }
    }
}
