// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hatter.pool.internal.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** PHP settings, identity and limits as scripts of real php-cgi see them. */
@Timeout(60)
class PhpSettingsTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");

    @TempDir
    Path directory;

    private TestPool pool;
    private Path socket;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        pool = new TestPool(
                directory, Map.of("pm", "static", "pm.max_children", "1", "command", PHP_CGI.toString()), () -> null);
        socket = pool.socket();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void start(Map<String, String> more) throws InvalidSettingsException {
        pool.start(more.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new));
    }

    private String run(String php) throws IOException {
        return get(Files.writeString(directory.resolve("script.php"), "<?php " + php)
                .toString());
    }

    private String get(String script) throws IOException {
        String answer = TestClient.get(socket, script).stdout.toString();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void aScriptMayChangeAValueButNotAnAdminValue() throws Exception {
        String odd = "it's \"${HOME}\" a\\\\ $x; #[PATH=/]";
        start(Map.of(
                "php_value[memory_limit]", "33M",
                "php_value[user_agent]", odd,
                "php_flag[html_errors]", "on",
                "php_admin_value[default_charset]", "koi8-r",
                "php_admin_value[auto_detect_line_endings]", "",
                "php_admin_value[precision]", "5",
                "php_admin_value[sendmail_from]", odd,
                "php_admin_flag[ignore_user_abort]", "yes"));
        Files.writeString(
                directory.resolve(".user.ini"), "default_charset = x\nprecision = 9\nserialize_precision = 4\n");
        String show = "foreach (['memory_limit', 'user_agent', 'html_errors', 'default_charset', 'precision',"
                + " 'sendmail_from', 'ignore_user_abort', 'serialize_precision'] as $k) echo ini_get($k), \"\\n\";";
        assertThat(run(show).lines()).containsExactly("33M", odd, "1", "koi8-r", "5", odd, "1", "4");
        String set = "foreach (['memory_limit' => '44M', 'user_agent' => 'x', 'default_charset' => 'x',"
                + " 'precision' => '8', 'sendmail_from' => 'x', 'ignore_user_abort' => '0'] as $k => $v)"
                + " echo ini_set($k, $v) === false ? 'no ' : 'yes ';";
        assertThat(run(set)).isEqualTo("yes yes no no no no ");
    }

    @Test
    void whatIsReadAtStartUpAloneCountsToo() throws Exception {
        Path ini = Files.writeString(directory.resolve("php.ini"), "disable_functions = passthru");
        start(Map.of(
                "command", PHP_CGI + " -c " + ini + " -d precision=7",
                "php_admin_value[disable_functions]", "exec,system",
                "php_admin_value[error_reporting]", "E_ALL & ~E_NOTICE"));
        assertThat(run("foreach (['exec', 'system', 'passthru', 'strlen'] as $f) echo function_exists($f) ? 'y' : 'n';"
                        + " echo error_reporting(), ' ', ini_get('precision');"))
                .isEqualTo("nnny32759 7");
    }

    private static final String SHOW_LISTS =
            "foreach (['pcntl_fork', 'pcntl_exec', 'pcntl_unshare', 'exec', 'passthru',"
                    + " 'strlen'] as $f) echo function_exists($f) ? 'y' : 'n'; echo ' ', ini_get('disable_functions');";

    /** Debian's php-fpm has no pcntl; php-cgi's forks shared the worker's connection. */
    @Test
    void scriptsCantForkUnlessThePoolLetsThem() throws Exception {
        start(Map.of());
        assertThat(run(SHOW_LISTS)).startsWith("nnnyyy pcntl_fork,pcntl_rfork,pcntl_unshare,pcntl_exec");
        Path ini = Files.writeString(directory.resolve("php.ini"), "disable_functions = passthru");
        pool.reconfigure("command", PHP_CGI + " -c " + ini);
        await().untilAsserted(() -> assertThat(run(SHOW_LISTS))
                .isEqualTo("nnnyny pcntl_fork,pcntl_rfork,pcntl_unshare,pcntl_exec,passthru"));
        pool.reconfigure("command", PHP_CGI + " -c " + ini, "php_admin_value[disable_functions]", "exec");
        await().untilAsserted(() -> assertThat(run(SHOW_LISTS)).isEqualTo("nnnnny exec"));
        pool.reconfigure("php.pcntl", "yes");
        await().untilAsserted(() -> assertThat(run(SHOW_LISTS)).isEqualTo("yyyyyy "));
        pool.reconfigure("php.pcntl", "yes", "php_value[disable_functions]", "exec");
        await().untilAsserted(() -> assertThat(run(SHOW_LISTS)).startsWith("yyynyy exec"));
    }

    @Test
    void phpIniIsWhatTheKeySays() throws Exception {
        Path ini = Files.createDirectory(directory.resolve("ini"));
        Files.writeString(ini.resolve("php.ini"), "precision = 5");
        Files.writeString(Files.createDirectory(ini.resolve("conf.d")).resolve("a.ini"), "serialize_precision = 6");
        start(Map.of("php.ini", ini.toString()));
        assertThat(run("echo php_ini_loaded_file(), ' ', ini_get('precision'), ini_get('serialize_precision');"))
                .isEqualTo(ini.resolve("php.ini") + " 56");
        assumeTrue(Files.exists(Path.of("/etc/php/8.2/fpm/php.ini")), "SKIPPED: php8.2-fpm isn't installed");
        pool.reconfigure("php.ini", "fpm");
        await().untilAsserted(() -> assertThat(run("echo php_ini_loaded_file(), ' ', php_ini_scanned_files();"))
                .startsWith("/etc/php/8.2/fpm/php.ini /etc/php/8.2/fpm/conf.d/"));
    }

    @Test
    void identityAndLimitsAreThoseOfTheConfiguration() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        start(Map.of(
                "user", "daemon",
                "rlimit_files", "99",
                "process.priority", "7",
                "process.scheduling", "batch",
                "umask", "0027"));
        assertThat(run("echo getenv('USER'), ' ', getenv('HOME'), ' ', posix_getuid(), ' ', getmygid() ,"
                        + " ' ', decoct(umask()), ' ', preg_match('/open files +99 +99 /',"
                        + " file_get_contents('/proc/self/limits')), ' ',"
                        + " explode(' ', file_get_contents('/proc/self/stat'))[18],"
                        + " ' ', explode(' ', file_get_contents('/proc/self/stat'))[40];"))
                .startsWith("daemon /usr/sbin 1 ")
                .endsWith(" 27 1 7 3");
    }

    @Test
    void aSocketsOwnerBringsItsGroupAlong() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        start(Map.of("listen.owner", "daemon"));
        assertThat(Files.getAttribute(socket, "unix:gid")).isEqualTo(1);
    }

    @Test
    void namesOfAnAccessControlListThatNobodyHasAreRefused() throws Exception {
        assertThatThrownBy(
                        () -> start(Map.of("listen.acl_users", "no-such-user", "listen.acl_groups", "no-such-group")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("listen.acl_users = \"no-such-user\": this system knows no such name")
                .hasMessageContaining("listen.acl_groups = \"no-such-group\": this system knows no such name");
        assertThat(socket).doesNotExist();
    }

    @Test
    void aPoolInARootDirectoryOfItsOwnSeesNothingElse() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Path jail = jail();
        Files.writeString(
                jail.resolve("www/in.php"),
                "<?php echo __FILE__, ' ', getcwd(), ' ',"
                        + " file_put_contents('/tmp/x', 'x'), fileowner('/tmp/x'), ' ',"
                        + " implode(',', scandir('/')), ' ', var_export(ini_set('precision', '3'), true);");
        start(Map.of(
                "command", "php-cgi -n",
                "chroot", jail.toString(),
                "chdir", "/www",
                "user", "daemon",
                "php_admin_value[precision]", "6"));
        assertThat(get("/www/in.php"))
                .startsWith("/www/in.php /www 11 ")
                .contains("www")
                .doesNotContain("etc")
                .endsWith(" false");
        Files.createDirectory(jail.resolve("later"));
        Files.copy(jail.resolve("www/in.php"), jail.resolve("later/in.php"));
        assertThat(TestClient.get(socket, "/later/in.php").status()).isEqualTo(403);
        assertThat(TestClient.get(socket, jail + "/www/in.php").status()).isEqualTo(404);
    }

    /** php-cgi with all its libraries. */
    private Path jail() throws Exception {
        Path jail = Files.createDirectory(directory.resolve("jail"));
        Files.createDirectory(jail.resolve("www"));
        Path temporary = Files.createDirectory(jail.resolve("tmp"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        copy(PHP_CGI.toString(), jail);
        Process ldd = new ProcessBuilder("ldd", PHP_CGI.toString()).start();
        List<String> lines =
                new String(ldd.getInputStream().readAllBytes()).lines().toList();
        for (String line : lines) {
            String file = line.replaceAll("^[^/]*(/\\S+).*", "$1").strip();
            if (file.startsWith("/")) {
                copy(file, jail);
            }
        }
        return jail;
    }

    private static void copy(String file, Path jail) throws IOException {
        Path target = jail.resolve(file.substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(file), target, StandardCopyOption.REPLACE_EXISTING);
    }
}
