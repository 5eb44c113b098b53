// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.process.CloseableLauncher;
import dev.hatter.process.Launchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which php.ini is in force, told by a program that answers as php-cgi does. */
@Timeout(60)
class PhpInisTest {
    private static final String ANSWER = """
            #!/bin/sh
            [ -S /dev/stdin ] && exit 1
            echo "$* PHPRC=$PHPRC" >>'%s'
            %s
            echo '<tr><td class="e">Loaded Configuration File </td><td class="v">/x/php.ini </td></tr>'
            echo '<tr><td class="e">Scan this dir for additional .ini files </td><td class="v">/x/conf.d </td></tr>'
            """;

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private CloseableLauncher launcher;
    private PhpInis inis;

    @BeforeEach
    void open() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        launcher = Launchers.open(directory.resolve("run"));
        inis = new PhpInis(thread);
    }

    @AfterEach
    void close() throws Exception {
        inis.close();
        thread.shutdown();
        assertThat(thread.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        launcher.close();
        log.close();
    }

    private Path program(String behaviour) throws Exception {
        Path program = directory.resolve("php-cgi");
        Files.writeString(program, ANSWER.formatted(directory.resolve("asked"), behaviour));
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void tell(String pool, String command, String... more) throws Exception {
        Map<String, String> keys =
                new HashMap<>(Map.of("listen", "9000", "pm", "static", "pm.max_children", "1", "command", command));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        PoolSettings settings = SettingsParser.parse(pool, keys, new SettingsParser.Manager(false, Map.of(), null));
        inis.tell(launcher, settings);
    }

    private List<String> asked() throws Exception {
        return Files.readAllLines(directory.resolve("asked"));
    }

    @Test
    void poolsThatStartPhpAlikeAskOnce() throws Exception {
        Path program = program("");
        for (int i = 0; i < 20; i++) {
            tell("p" + i, program + " -d memory_limit=" + i + "M", "chdir", "/usr");
        }
        tell("other", program + " -c /y.ini -d a=b");
        tell("third", program.toString(), "env[PHPRC]", "/z");
        await().until(() -> log.having("php.ini: ").size() == 22);
        assertThat(log.having("[pool p7]")).containsExactly("[pool p7] php.ini: /x/php.ini, scan directory: /x/conf.d");
        assertThat(asked()).containsExactlyInAnyOrder("-i PHPRC=", "-c /y.ini -i PHPRC=", "-i PHPRC=/z");
    }

    @Test
    void oneThatDoesNotAnswerIsEnded() throws Exception {
        Path program = program("sleep 1000");
        tell("www", program.toString());
        await().until(() -> Files.exists(directory.resolve("asked")) && !asked().isEmpty());
        inis.close();
        thread.shutdown();
        assertThat(thread.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(log.having("php.ini: ")).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereHatterSeesOtherFiles() throws Exception {
        Path program = program("");
        tell("jail", program.toString(), "chroot", "/", "user", "daemon");
        tell("hat", program.toString(), "apparmor_hat", "x");
        tell("asked", program.toString());
        await().until(() -> !log.having("php.ini: ").isEmpty());
        assertThat(asked()).hasSize(1);
    }
}
