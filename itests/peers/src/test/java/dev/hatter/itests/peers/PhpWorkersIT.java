// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What php-fpm's users expect of php-cgi as {@code bin/hatter} starts it. */
class PhpWorkersIT {
    private static Scratch scratch;
    private static Path site;

    @BeforeAll
    static void write() {
        scratch = Scratch.create();
        site = scratch.directory("www");
        scratch.write("www/locale.php", "<?php echo var_export(getenv('LC_ALL'), true), ' ', setlocale(LC_ALL, '0');");
        scratch.write("www/errors.php", "<?php error_log('what the script says'); echo 'done';");
        scratch.write(
                "www/ini.php", "<?php echo php_ini_loaded_file(), ' ', function_exists('pcntl_fork') ? 'forks' : '';");
    }

    @AfterAll
    static void delete() {
        scratch.close();
    }

    @ParameterizedTest(name = "LC_ALL = {0}")
    @CsvSource({"'', false", "POSIX, 'POSIX'"})
    void workersHaveTheOperatorsLocale(String locale, String expected) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LC_ALL", locale);
        Backend listen = Backend.tcp();
        try (Hatter hatter = Hatter.start(
                        "locale", environment, Pool.php("php", listen, 1).with("clear_env", "no"));
                FrontServer.Front front = new Nginx().start(new FrontServer.Site(site, listen))) {
            String body = Http.get(front.uri("/locale.php")).body();
            assertThat(body.replace("'", "")).as(hatter.log().toString()).startsWith(expected.replace("'", "") + " ");
        }
    }

    @Test
    void logsSayWhatScriptsSayAndWhichPhpIniIsInForce() {
        Backend own = Backend.tcp();
        Backend fpms = Backend.tcp();
        try (Hatter hatter = Hatter.start(
                        "logs",
                        Pool.php("own", own, 1).with("catch_workers_output", "yes"),
                        Pool.php("fpms", fpms, 1).with("php.ini", "fpm"));
                FrontServer.Front first = new Nginx().start(new FrontServer.Site(site, own));
                FrontServer.Front second = new Nginx().start(new FrontServer.Site(site, fpms))) {
            assertThat(Http.get(first.uri("/errors.php")).body()).isEqualTo("done");
            await().untilAsserted(() -> assertThat(Logs.read(hatter.log()))
                    .containsPattern("\\[pool own\\] child \\d+ said into stderr: \".*what the script says\"")
                    .contains("[pool own] php.ini: " + ini(first) + ", scan directory: ")
                    .contains("[pool fpms] php.ini: " + ini(second) + ", scan directory: "));
            assertThat(Logs.read(first.log())).contains("what the script says");
            assertThat(ini(first)).contains("/cgi/");
            assertThat(ini(second)).contains("/fpm/");
        }
    }

    private static String ini(FrontServer.Front front) {
        String body = Http.get(front.uri("/ini.php")).body();
        assertThat(body).doesNotContain("forks");
        return body.strip();
    }
}
