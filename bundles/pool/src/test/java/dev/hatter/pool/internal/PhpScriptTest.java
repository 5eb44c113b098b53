// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real php-cgi runs the script that was checked, whatever else the web server sends. */
@Timeout(60)
class PhpScriptTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");
    private static final String SHOW = "<?php echo __FILE__, '|', $_SERVER['PATH_INFO'] ?? '', '|';";

    @TempDir
    Path directory;

    private TestPool pool;
    private Path script;
    private Path other;
    private Path picture;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws IOException {
        pool = new TestPool(
                directory, Map.of("pm", "static", "pm.max_children", "1", "command", PHP_CGI.toString()), () -> null);
        Path www = Files.createDirectories(directory.resolve("www/uploads")).getParent();
        script = Files.writeString(www.resolve("any.php"), SHOW);
        other = Files.writeString(www.resolve("other.php"), SHOW);
        picture = Files.writeString(www.resolve("uploads/evil.jpg"), SHOW);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private String body(Map<String, String> params) throws IOException {
        String answer = TestClient.ask(pool.socket(), params).stdout.toString();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** One of all combinations; null leaves the parameter out. */
    private static List<Map<String, String>> combinations(Map<String, List<String>> values) {
        List<Map<String, String>> all = new ArrayList<>(List.of(Map.of()));
        values.forEach((name, choices) -> {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> one : all) {
                for (String choice : choices) {
                    Map<String, String> with = new HashMap<>(one);
                    if (!choice.equals("-")) {
                        with.put(name, choice);
                    }
                    longer.add(with);
                }
            }
            all.clear();
            all.addAll(longer);
        });
        return all;
    }

    /** The request for /any.php/uploads/evil.jpg, by web servers that split it and by such that don't. */
    private Map<String, List<String>> choices() {
        String asked = script + "/uploads/evil.jpg";
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("SCRIPT_FILENAME", List.of("-", script.toString(), asked, "proxy:fcgi://localhost:9000" + asked));
        values.put("PATH_TRANSLATED", List.of("-", picture.toString(), other.toString()));
        values.put("REDIRECT_URL", List.of("-", "/api/uploads/evil.jpg"));
        values.put("PATH_INFO", List.of("-", "", "/uploads/evil.jpg"));
        values.put("ORIG_SCRIPT_FILENAME", List.of("-", picture.toString()));
        values.put("ORIG_PATH_TRANSLATED", List.of("-", picture.toString()));
        values.put("SERVER_SOFTWARE", List.of("-", "Microsoft-IIS/10.0"));
        return values;
    }

    /** With 0, GET /any.php/uploads/evil.jpg ran the picture; with 1 it did so beside a REDIRECT_URL. */
    @ParameterizedTest(name = "cgi.fix_pathinfo = {0}")
    @ValueSource(ints = {0, 1})
    void thePictureNeverRanButTheScriptThatWasChecked(int fixPathInfo) throws Exception {
        pool.start("command", PHP_CGI + " -d cgi.fix_pathinfo=" + fixPathInfo);
        Map<String, String> common = Map.of(
                "REQUEST_METHOD", "GET",
                "QUERY_STRING", "",
                "SCRIPT_NAME", "/any.php/uploads/evil.jpg",
                "DOCUMENT_ROOT", directory.resolve("www").toString());
        for (Map<String, String> one : combinations(choices())) {
            Map<String, String> params = new HashMap<>(common);
            params.putAll(one);
            assertThat(body(params)).as("with %s", one).isEqualTo(expected(one));
        }
    }

    private String expected(Map<String, String> params) {
        String asked = params.get("SCRIPT_FILENAME");
        String pathInfo = params.getOrDefault("PATH_INFO", "");
        if (asked == null) {
            // as php-fpm, it is PATH_TRANSLATED that names the script then
            String translated = params.get("PATH_TRANSLATED");
            return translated == null
                    ? "File not found.\n"
                    : translated.equals(picture.toString()) ? "Access denied.\n" : other + "|" + pathInfo + "|";
        }
        return script + "|" + (asked.startsWith("proxy:") ? "/uploads/evil.jpg" : pathInfo) + "|";
    }

    @Test
    void aDirectoryForScriptsInPhpIniDoesNotChangeWhichOneRuns() throws Exception {
        Path home = Path.of(System.getProperty("user.home"));
        Path ini = Files.writeString(
                directory.resolve("php.ini"),
                "doc_root = " + directory.resolve("www") + "\nuser_dir = " + home.relativize(directory.resolve("www"))
                        + "\n");
        pool.start("command", PHP_CGI + " -c " + ini);
        for (String name : List.of("/uploads/evil.jpg", "/~" + System.getProperty("user.name") + "/uploads/evil.jpg")) {
            Map<String, String> params = Map.of(
                    "REQUEST_METHOD",
                    "GET",
                    "QUERY_STRING",
                    "",
                    "SCRIPT_NAME",
                    name,
                    "SCRIPT_FILENAME",
                    script.toString());
            assertThat(body(params)).as(name).isEqualTo(script + "||");
        }
    }
}
