// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same settings and requests in php-fpm and in a pool of php-cgi: scripts see the same. */
@Timeout(60)
class PhpFpmTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");

    @TempDir
    Path directory;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private TestPool pool;
    private Process fpm;
    private Path fpmSocket;
    private Path ini;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
        ini = Files.writeString(directory.resolve("php.ini"), "disable_functions = passthru\n");
        fpmSocket = directory.resolve("fpm.sock");
        pool = new TestPool(
                directory,
                Map.of(
                        "pm",
                        "static",
                        "pm.max_children",
                        "1",
                        "command",
                        PHP_CGI.toString(),
                        "php.ini",
                        ini.toString()),
                () -> null);
    }

    @AfterEach
    void close() throws Exception {
        if (fpm != null) {
            fpm.destroy();
            assertThat(fpm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        if (pool != null) {
            pool.close();
        }
    }

    private void start() throws Exception {
        pool.start(settings.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new));
        String own = settings.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        boolean root = "root".equals(System.getProperty("user.name"));
        Path configuration = Files.writeString(
                directory.resolve("fpm.conf"),
                "[global]\nerror_log = " + directory.resolve("fpm.log") + "\ndaemonize = no\n[www]\nlisten = "
                        + fpmSocket + (root ? "\nuser = root\ngroup = root" : "")
                        + "\npm = static\npm.max_children = 1\n" + own);
        // of the same version: php-cgi8.2, php-fpm8.2
        String name = PHP_CGI.toRealPath().getFileName().toString().replace("php-cgi", "php-fpm");
        Path program = Path.of("/usr/sbin", name);
        assumeTrue(Files.isExecutable(program), "SKIPPED: " + program + " isn't installed");
        List<String> command = List.of(program.toString(), "-R", "-c", ini.toString(), "-y", configuration.toString());
        fpm = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("fpm.out").toFile())
                .start();
        await().failFast(() -> !fpm.isAlive()).until(() -> Files.exists(fpmSocket));
    }

    private static String body(Path socket, Map<String, String> params) throws IOException {
        String answer = TestClient.ask(socket, params).stdout.toString();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private Map<String, String> request(Path script) {
        return Map.of(
                "REQUEST_METHOD",
                "GET",
                "QUERY_STRING",
                "",
                "DOCUMENT_ROOT",
                directory.toString(),
                "SCRIPT_NAME",
                "/" + script.getFileName(),
                "SCRIPT_FILENAME",
                script.toString());
    }

    @Test
    void settingsReadTheSame() throws Exception {
        List<String> names = List.of(
                "default_charset",
                "sendmail_from",
                "user_agent",
                "error_append_string",
                "error_prepend_string",
                "docref_root",
                "docref_ext",
                "arg_separator.output",
                "precision",
                "display_errors",
                "log_errors",
                "disable_functions");
        settings.put("php_admin_value[default_charset]", "On");
        settings.put("php_admin_value[sendmail_from]", "Off");
        settings.put("php_value[user_agent]", "yes");
        settings.put("php_value[error_append_string]", "none");
        settings.put("php_admin_value[error_prepend_string]", "null");
        settings.put("php_value[docref_root]", "TRUE");
        settings.put("php_value[docref_ext]", "no");
        settings.put("php_admin_value[arg_separator.output]", "only");
        settings.put("php_value[precision]", "true");
        settings.put("php_flag[display_errors]", "off");
        settings.put("php_admin_flag[log_errors]", "on");
        settings.put("php_admin_value[disable_functions]", "exec,system");
        Path script = Files.writeString(
                directory.resolve("ini.php"),
                "<?php foreach (explode(' ', '" + String.join(" ", names) + "') as $name) {"
                        + " echo $name, '=', var_export(ini_get($name), true), \"\\n\"; }"
                        + " foreach (['exec', 'system', 'passthru', 'pcntl_fork', 'strlen'] as $name) {"
                        + " echo $name, ' ', function_exists($name) ? 'yes' : 'no', \"\\n\"; }");
        start();
        String theirs = body(fpmSocket, request(script));
        assertThat(theirs)
                .contains("default_charset='1'", "disable_functions='exec,system'", "passthru no", "strlen yes");
        assertThat(body(pool.socket(), request(script))).isEqualTo(theirs);
    }

    @Test
    void whatIsSplitOffAScriptsPathReadsTheSame() throws Exception {
        Path script = Files.writeString(
                directory.resolve("server.php"),
                "<?php ksort($_SERVER); foreach ($_SERVER as $name => $value) {"
                        + " if (preg_match('/^(ORIG_|SCRIPT_|PATH_INFO|PHP_SELF|REDIRECT_|HTTP_)/', $name)) {"
                        + " echo \"$name=$value\\n\"; } }");
        start();
        String apache = "proxy:fcgi://localhost:9000" + script;
        List<Map<String, String>> shapes = List.of(
                Map.of(),
                Map.of("HTTP_PROXY", "http://evil.example/", "HTTP_HOST", "x"),
                Map.of("PATH_INFO", "/a/b"),
                Map.of("SCRIPT_FILENAME", script + "/a/b", "PATH_INFO", "/a/b"),
                Map.of(
                        "SCRIPT_FILENAME",
                        script + "/a/b",
                        "SCRIPT_NAME",
                        "/server.php/a/b",
                        "PATH_INFO",
                        "/server.php/a/b"),
                Map.of("SCRIPT_FILENAME", apache),
                Map.of("SCRIPT_FILENAME", apache + "/a/b", "SCRIPT_NAME", "/server.php/a/b"),
                Map.of("SCRIPT_FILENAME", apache, "REDIRECT_URL", "/r"),
                Map.of("SCRIPT_FILENAME", script.toString(), "REDIRECT_URL", "/r"));
        for (Map<String, String> shape : shapes) {
            Map<String, String> params = new HashMap<>(request(script));
            params.putAll(shape);
            assertThat(body(pool.socket(), params))
                    .as("with %s", new TreeMap<>(shape))
                    .isEqualTo(body(fpmSocket, params))
                    .contains("SCRIPT_FILENAME=" + script + "\n");
        }
    }
}
