// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the two that are compared.
 *
 * @param name {@code fpm} or {@code hatter}
 * @param sockets where its pools listen
 * @param site with the scripts
 * @param marks where scripts and clients leave their files
 */
public record Side(String name, Path sockets, Path site, Path marks) {
    public Backend.Unix listen(String pool) {
        return new Backend.Unix(sockets.resolve(name + "-" + pool + ".sock"));
    }

    /** The settings of each pool that these scripts need, but for {@code listen}. */
    public Map<String, Map<String, String>> pools(List<Script> scripts) throws IOException {
        Map<String, Map<String, String>> pools = new LinkedHashMap<>();
        for (Script script : scripts) {
            String pool = script.poolName();
            pools.put(pool, settings(script));
            if (pool.equals(Script.COMMON)) { // so that nginx finds it by the script's name
                Files.createSymbolicLink(
                        listen(script.name()).path(), listen(pool).path());
            }
        }
        return pools;
    }

    private Map<String, String> settings(Script script) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pm", "static");
        settings.put("pm.max_children", script.poolName().equals(Script.COMMON) ? "4" : "1");
        String mark = marks.resolve(name + "-" + script.name()).toString();
        script.pool()
                .forEach((key, value) ->
                        settings.put(key, value.replace("@MARK@", mark).replace("@SITE@", site.toString())));
        if (settings.containsValue(mark)) {
            Scratch.setMode(Files.createDirectory(Path.of(mark)), "rwxrwxrwx");
        }
        return settings;
    }

    /** Asks the pool itself, and says what came, each thing by its name. */
    public Map<String, String> askPool(Script script) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < script.times(); i++) {
            Steps steps = new Steps(script, marks.resolve(name + "-pool-" + script.name()));
            byte[] body = script.body();
            RawFastCgi.Answer answer =
                    RawFastCgi.ask(listen(script.poolName()), params(script, body, steps), body, steps);
            add(found, "STDOUT", same(answer.stdout()));
            add(found, "STDERR", same(answer.stderr()));
            add(found, "end", answer.end());
            add(found, "empty STDERR record", Boolean.toString(answer.emptyStderr()));
            told(found, "", script, steps);
        }
        return found;
    }

    /** Asks through nginx. */
    public Map<String, String> askFront(Script script, FrontServer.Front front) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < script.times(); i++) {
            Steps steps = new Steps(script, marks.resolve(name + "-nginx-" + script.name()));
            RawHttp.Answer answer = RawHttp.ask(
                    front.uri("/"), lines(script), httpBody(script), all -> !steps.isWatching() || steps.goOn(all));
            add(found, "HTTP answer", same(answer.head() + "\n\n" + answer.body()));
            told(found, "HTTP ", script, steps);
        }
        return found;
    }

    /** Without what is another each time. */
    private static String same(String answer) {
        return answer.replaceFirst("(?m)^Date: .*\r\n", "")
                .replaceAll("Max-Age=[0-9]{6,}", "Max-Age=(long)")
                .replaceAll("worker [0-9]+", "worker N")
                .replaceAll("\\([0-9.]+ sec\\)", "(N sec)")
                .replaceAll("PHPSESSID=[a-z0-9]{20,}", "PHPSESSID=(new)");
    }

    private static void told(Map<String, String> found, String by, Script script, Steps steps) {
        if (script.isLeft()) {
            steps.left();
        }
        if (script.pieces() > 0) {
            add(found, by + "pieces", steps.pieces());
        }
        add(found, by + "mark", steps.word());
    }

    private static void add(Map<String, String> found, String name, String value) {
        found.merge(name, value, (a, b) -> a + "\nand " + b);
    }

    private List<String> lines(Script script) {
        List<String> lines = new ArrayList<>();
        lines.add(script.method() + " " + script.path() + " HTTP/1.1");
        lines.add("Host: " + name);
        lines.addAll(script.headers());
        script.params().forEach((param, value) -> lines.add(header(param) + ": " + value));
        int length = script.body().length;
        if (script.isChunked()) {
            lines.add("Transfer-Encoding: chunked");
        } else if (length > 0) {
            lines.add("Content-Length: " + length);
        }
        return lines;
    }

    /** By which nginx is asked to set the parameter. */
    private static String header(String param) {
        String header = param.startsWith("HTTP_") ? param.substring(5) : "X_" + param;
        return header.replace('_', '-');
    }

    private static byte[] httpBody(Script script) {
        byte[] body = script.body();
        if (!script.isChunked()) {
            return body;
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        return (Integer.toHexString(body.length) + "\r\n" + text + "\r\n0\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private Map<String, String> params(Script script, byte[] body, Steps steps) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("QUERY_STRING", "");
        params.put("REQUEST_METHOD", script.method());
        params.put("CONTENT_TYPE", "");
        params.put("CONTENT_LENGTH", body.length == 0 ? "" : Integer.toString(body.length));
        params.put("SCRIPT_NAME", script.path());
        params.put("SCRIPT_FILENAME", site + script.path());
        params.put("REQUEST_URI", script.path());
        params.put("DOCUMENT_ROOT", site.toString());
        params.put("SERVER_PROTOCOL", "HTTP/1.1");
        params.put("GATEWAY_INTERFACE", "CGI/1.1");
        params.put("SERVER_NAME", "scripts.test");
        params.put("REMOTE_ADDR", "127.0.0.1");
        params.put("REDIRECT_STATUS", "200");
        params.put("MARK", steps.mark().toString());
        for (String header : script.headers()) {
            String[] parts = header.split(": ", 2);
            String key = parts[0].toUpperCase(Locale.ROOT).replace('-', '_');
            params.put(key.equals("CONTENT_TYPE") ? key : "HTTP_" + key, parts[1]);
        }
        params.putAll(script.params());
        return params;
    }
}
