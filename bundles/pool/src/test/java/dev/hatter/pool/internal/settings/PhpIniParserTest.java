// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key php.ini, in a root directory that has what the test wants. */
class PhpIniParserTest {
    @TempDir
    Path root;

    private final Map<String, String> keys = new HashMap<>(
            Map.of("listen", "9000", "pm", "static", "pm.max_children", "1", "user", "daemon", "command", "php-cgi"));

    @BeforeEach
    void makeRoot() throws IOException {
        keys.put("chroot", root.toString());
        Files.createDirectories(root.resolve("usr/bin"));
        Files.createFile(root.resolve("usr/bin/php-cgi8.2"));
        Files.createSymbolicLink(root.resolve("usr/bin/php-cgi"), Path.of("/etc/alternatives/php-cgi"));
        Files.createDirectories(root.resolve("etc/alternatives"));
        Files.createSymbolicLink(root.resolve("etc/alternatives/php-cgi"), Path.of("/usr/bin/php-cgi8.2"));
        Files.createDirectories(root.resolve("etc/php/8.2/fpm/conf.d"));
        Files.createFile(root.resolve("etc/php/8.2/fpm/php.ini"));
        Files.createFile(root.resolve("my.ini"));
    }

    private Map<String, String> environment(String ini) throws InvalidSettingsException {
        keys.put("php.ini", ini);
        Map<String, String> path = Map.of("PATH", "relative:/usr/local/bin:/usr/bin");
        Map<String, String> environment =
                new HashMap<>(SettingsParser.parse("www", keys, new SettingsParser.Manager(true, path, null))
                        .launch()
                        .environment());
        environment.keySet().retainAll(List.of("PHPRC", "PHP_INI_SCAN_DIR"));
        return environment;
    }

    private String fault(String ini) {
        InvalidSettingsException fault = catchThrowableOfType(InvalidSettingsException.class, () -> environment(ini));
        assertThat(fault.faults()).hasSize(1);
        return fault.faults().get(0);
    }

    @Test
    void phpFpmsIsThatOfTheSameVersion() throws Exception {
        Map<String, String> fpm =
                Map.of("PHPRC", "/etc/php/8.2/fpm/php.ini", "PHP_INI_SCAN_DIR", "/etc/php/8.2/fpm/conf.d");
        assertThat(environment("fpm")).isEqualTo(fpm);
        keys.put("command", "/usr/bin/php-cgi -d a=b");
        assertThat(environment("fpm")).isEqualTo(fpm);
        keys.put("command", "/opt/php-cgi8.2");
        assertThat(environment("fpm")).isEqualTo(fpm);
        keys.put("command", "/opt/php8.1-cgi");
        assertThat(fault("fpm")).contains("there is no /etc/php/8.1/fpm/php.ini; install that php-fpm");
        keys.put("command", "/opt/php-cgi");
        assertThat(fault("fpm")).contains("doesn't tell its version of PHP");
    }

    @Test
    void aPathIsAFileOrADirectory() throws Exception {
        assertThat(environment("/my.ini")).isEqualTo(Map.of("PHPRC", "/my.ini"));
        assertThat(environment("/etc/php/8.2/fpm")).hasSize(2);
        assertThat(environment("cgi")).isEmpty();
        assertThat(fault("/not-there.ini"))
                .isEqualTo("php.ini = \"/not-there.ini\": there is no such file, nor a php.ini"
                        + " in a directory of that name");
        assertThat(fault("/etc")).contains("there is no such file");
        assertThat(fault("my.ini")).contains("must be cgi, fpm, or the absolute path");
    }

    @Test
    void twoAreRefused() {
        keys.put("env[PHPRC]", "/etc/php");
        assertThat(fault("fpm")).contains("env[PHPRC] says it too");
        keys.remove("env[PHPRC]");
        keys.put("env[PHP_INI_SCAN_DIR]", "/etc/php");
        assertThat(fault("/my.ini")).contains("env[PHP_INI_SCAN_DIR] says it too");
        keys.remove("env[PHP_INI_SCAN_DIR]");
        keys.put("command", "php-cgi -c /my.ini");
        assertThat(fault("fpm")).contains("the command's -c says it too");
    }

    @Test
    void otherProgramsHaveNone() throws Exception {
        keys.put("command", "/usr/sbin/fcgiwrap");
        assertThat(fault("fpm")).contains("only php-cgi takes it");
        assertThat(environment("cgi")).as("what a form fills in").isEmpty();
    }
}
