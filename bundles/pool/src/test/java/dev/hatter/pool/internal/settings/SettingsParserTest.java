// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hatter.fastcgi.transport.ListenAddress;
import dev.hatter.fastcgi.transport.UnixRights;
import dev.hatter.pool.internal.settings.RunSettings.Abandoned;
import dev.hatter.pool.internal.settings.RunSettings.Buffers;
import dev.hatter.pool.internal.settings.RunSettings.Endings;
import dev.hatter.pool.internal.settings.RunSettings.Reply;
import dev.hatter.pool.internal.settings.RunSettings.Timeouts;
import dev.hatter.process.Identity;
import dev.hatter.process.Limits;
import dev.hatter.process.Scheduling;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsParserTest {
    private static final SettingsParser.Manager USER =
            new SettingsParser.Manager(false, Map.of("LANG", "C", "QUERY_STRING", "-x"), null);
    private static final SettingsParser.Manager ROOT = new SettingsParser.Manager(true, Map.of(), null);

    private static final PmSettings STATIC =
            new PmSettings(PmSettings.Kind.STATIC, 0, 0, 0, 32, Duration.ofSeconds(10));

    private final Map<String, Object> keys =
            new HashMap<>(Map.of("listen", "127.0.0.1:9000", "pm", "static", "pm.max_children", "4"));

    private PoolSettings parse() throws InvalidSettingsException {
        return SettingsParser.parse("www", keys, USER);
    }

    private List<String> faults() {
        return assertThatThrownBy(this::parse)
                .asInstanceOf(type(InvalidSettingsException.class))
                .actual()
                .faults();
    }

    @Test
    void takesTheDefaultsForWhatIsNotSaid() throws Exception {
        PoolSettings settings = parse();
        assertThat(settings.listen().address()).isEqualTo(ListenAddress.parse("127.0.0.1:9000"));
        assertThat(settings.listen().front().backlog()).isEqualTo(511);
        assertThat(settings.listen().front().unixRights().mode()).isEqualTo(0660);
        assertThat(settings.listen().front().limits().maxConnections()).isEqualTo(1000);
        assertThat(settings.listen().front().limits().maxParamsLength()).isEqualTo(262_144);
        assertThat(settings.launch().command()).containsExactly("php-cgi");
        assertThat(settings.launch().phpCgi()).isTrue();
        assertThat(settings.launch().concurrency()).isEqualTo(1);
        assertThat(settings.launch().identity()).isNull();
        assertThat(settings.launch().environment()).isEqualTo(Map.of("PHP_FCGI_MAX_REQUESTS", "0"));
        assertThat(settings.run())
                .isEqualTo(new RunSettings(
                        STATIC,
                        4,
                        0,
                        false,
                        List.of(".php", ".phar"),
                        null,
                        new Timeouts(Duration.ZERO, false, Duration.ZERO),
                        new Buffers(1_048_576, 0),
                        Endings.DEFAULT));
    }

    @Test
    void refusesArraysAndCollections() {
        keys.put("listen", new String[] {"127.0.0.1:9000"});
        keys.put("pm.max_children", List.of(4));
        keys.put("listen.backlog", new int[] {1, 2});
        keys.put("env[PATH]", new String[0]);
        String rule = ": must be one value, not an array; what may be several is written in one text";
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "listen = [127.0.0.1:9000]" + rule,
                        "pm.max_children = [4]" + rule,
                        "listen.backlog = [1, 2]" + rule,
                        "env[PATH] = []" + rule);
    }

    @Test
    void passesOverArraysThatAreNotOurs() throws Exception {
        keys.put("service.bundleLocation", new String[] {"?", "?"});
        assertThat(parse().name()).isEqualTo("www");
    }

    @Test
    void readsEveryKey() throws Exception {
        keys.putAll(Map.of(
                "listen", "/run/www.sock",
                "listen.backlog", "100",
                "listen.owner", "www-data",
                "listen.group", "33",
                "listen.mode", "0600",
                "listen.allowed_clients", "127.0.0.1, ::1",
                "listen.max_connections", 20));
        keys.putAll(Map.of(
                "user", "nobody",
                "group", "nogroup",
                "chdir", "/srv",
                "env[PATH]", "/bin",
                "command", "/usr/bin/php-cgi8.2 -d 'a=b c'",
                "worker.concurrency", "2",
                "pm.max_requests", "500",
                "catch_workers_output", "yes",
                "request_terminate_timeout", "2m",
                "security.limit_extensions", ".php .php5"));
        keys.putAll(Map.of("request_queue_timeout", "5", "response_buffer", "2K", "request_body_buffer", "3m"));
        keys.putAll(Map.of("request_abandoned", "run", "request_failure", "answer", "request_refusal", "Close"));
        PoolSettings settings = parse();
        assertThat(settings.listen().front().backlog()).isEqualTo(100);
        assertThat(settings.listen().front().unixRights().owner()).isEqualTo("www-data");
        assertThat(settings.listen().front().unixRights().group()).isEqualTo("33");
        assertThat(settings.listen().front().unixRights().mode()).isEqualTo(0600);
        assertThat(settings.listen().front().limits().maxConnections()).isEqualTo(20);
        assertThat(settings.listen().front().allowedClients())
                .containsExactlyInAnyOrder(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1"));
        assertThat(settings.launch().identity()).isEqualTo(new Identity("nobody", "nogroup"));
        assertThat(settings.launch().directory()).isEqualTo(Path.of("/srv"));
        assertThat(settings.launch().command()).containsExactly("/usr/bin/php-cgi8.2", "-d", "a=b c");
        assertThat(settings.launch().environment())
                .containsEntry("PATH", "/bin")
                .containsEntry("PHP_FCGI_CHILDREN", "2");
        assertThat(settings.run())
                .isEqualTo(new RunSettings(
                        STATIC,
                        4,
                        500,
                        true,
                        List.of(".php", ".php5"),
                        null,
                        new Timeouts(Duration.ofMinutes(2), false, Duration.ofSeconds(5)),
                        new Buffers(2048, 3_145_728),
                        new Endings(Abandoned.RUN, Reply.ANSWER, Reply.CLOSE)));
        assertThat(settings.listen().front().closesRefused()).isTrue();
    }

    @Test
    void tellsAllFaultsAtOnceWithKeyAndValue() {
        keys.putAll(Map.of(
                "listen", "127.0.0.1:99999",
                "pm.max_childrn", "3",
                "pm.max_children", "many",
                "listen.mode", "999",
                "chdir", "srv",
                "catch_workers_output", "maybe",
                "request_terminate_timeout", "abc1",
                "listen.allowed_clients", "localhost"));
        assertThat(faults())
                .hasSize(8)
                .anySatisfy(fault -> assertThat(fault)
                        .startsWith("listen = \"127.0.0.1:99999\": ")
                        .contains("65535"))
                .contains(
                        "pm.max_childrn = \"3\": unknown key; did you mean pm.max_children?",
                        "pm.max_children = \"many\": must be a whole number from 1 to 100000",
                        "listen.mode = \"999\": must be an octal mode of three digits, such as 0660",
                        "chdir = \"srv\": must be an absolute path",
                        "catch_workers_output = \"maybe\": must be yes or no",
                        "request_terminate_timeout = \"abc1\": must be seconds, or a whole number with s, m, h or d behind"
                                + " it",
                        "listen.allowed_clients = \"localhost\": \"localhost\" is no IPv4 or IPv6 address; separate several"
                                + " by commas");
    }

    @Test
    void asksForWhatIsMissing() {
        keys.clear();
        assertThat(faults())
                .hasSize(3)
                .anySatisfy(fault -> assertThat(fault).startsWith("listen is missing"))
                .anySatisfy(fault -> assertThat(fault).startsWith("pm is missing"))
                .anySatisfy(fault -> assertThat(fault).startsWith("pm.max_children is missing"));
    }

    @Test
    void aWorkerCountsAsAsManyChildrenAsItTakesRequests() throws Exception {
        keys.put("worker.concurrency", "2");
        assertThat(parse().maxProcesses()).isEqualTo(2);
        keys.put("worker.concurrency", "3");
        assertThat(faults())
                .containsExactly(
                        "pm.max_children = \"4\": must be a multiple of worker.concurrency (3): a worker counts as"
                                + " that many children");
    }

    @Test
    void rootNeedsAUser() {
        assertThatThrownBy(() -> SettingsParser.parse("www", keys, ROOT))
                .hasMessage("user is missing: Hatter runs as root, and a worker must not");
    }

    @Test
    void passesOverWhatTheContainerAdds() throws Exception {
        keys.putAll(Map.of(
                "service.pid", "dev.hatter.pool~www",
                "service.factoryPid", "dev.hatter.pool",
                "felix.fileinstall.filename", "file:/x",
                "component.name", "dev.hatter.pool",
                "component.id", 7L));
        assertThat(parse().name()).isEqualTo("www");
    }

    @Test
    void trimsValues() throws Exception {
        keys.put("pm.max_children", " 7  ");
        assertThat(parse().run().maxChildren()).isEqualTo(7);
    }

    @Test
    void inheritsTheEnvironmentOnRequestButNotWhatMakesPhpCgiAPlainCgi() throws Exception {
        keys.put("clear_env", "no");
        keys.put("env[A]", "b");
        assertThat(parse().launch().environment())
                .containsEntry("LANG", "C")
                .containsEntry("A", "b")
                .doesNotContainKey("QUERY_STRING");
    }

    @Test
    void extensionsAreLimitedForPhpAlone() throws Exception {
        keys.put("command", "/usr/sbin/fcgiwrap");
        assertThat(parse().run().limitExtensions()).isEmpty();
        assertThat(parse().launch().environment()).isEmpty();
    }

    @Test
    void anEmptyExtensionLimitLiftsIt() throws Exception {
        keys.put("security.limit_extensions", "");
        assertThat(parse().run().limitExtensions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"90,90", "5s,5", "2m,120", "1h,3600", "1d,86400", "0,0"})
    void readsTimesAsPhpFpmDoes(String text, long seconds) throws Exception {
        keys.put("request_terminate_timeout", text);
        assertThat(parse().run().timeouts().terminate()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"-1,65535", "1,1", "65535,65535"})
    void readsBacklogsAsPhpFpmDoes(String text, int backlog) throws Exception {
        keys.put("listen.backlog", text);
        assertThat(parse().listen().front().backlog()).isEqualTo(backlog);
    }

    @ParameterizedTest
    @CsvSource({"env[], x", "env[A, x", "env[A=B], x", "env[A], ''"})
    void refusesBadEnvironmentEntries(String key, String value) {
        keys.put(key, value);
        assertThat(faults()).singleElement().asString().contains(key).contains("must");
    }

    @Test
    void readsLimitsAndTheRootDirectory() throws Exception {
        assertThat(parse().launch().limits()).isEqualTo(Limits.NONE);
        keys.putAll(Map.of(
                "rlimit_files", "1024",
                "rlimit_core", "unlimited",
                "process.priority", "-19",
                "process.scheduling", "batch",
                "umask", "027",
                "chroot", "/srv"));
        assertThat(parse().launch().limits()).isEqualTo(new Limits(1024, Limits.UNLIMITED, -19, 027, Scheduling.BATCH));
        assertThat(parse().launch().chroot()).isEqualTo(Path.of("/srv"));
        keys.putAll(Map.of(
                "rlimit_files", "0",
                "rlimit_core", "0",
                "process.priority", "0",
                "process.scheduling", "other",
                "umask", "0"));
        assertThat(parse().launch().limits()).isEqualTo(new Limits(null, null, 0, 0, Scheduling.OTHER));
    }

    @ParameterizedTest
    @CsvSource({
        "rlimit_files, -1",
        "rlimit_core, -1",
        "rlimit_core, 1K",
        "process.priority, -20",
        "process.priority, 21",
        "process.scheduling, fifo",
        "process.scheduling, BATCH",
        "umask, 1777",
        "umask, 8",
        "chroot, srv",
        "listen.acl_users, a b",
        "listen.acl_groups, 'a,,b'",
        "listen.acl_users, a:rwx",
        "php_flag[a], maybe",
        "php_value[], x",
        "php_value[a b], x",
        "php_admin_value[${a}], x"
    })
    void refusesBadValuesNamingKeyAndValue(String key, String value) {
        keys.put(key, value);
        assertThat(faults()).singleElement().asString().startsWith(key + " = \"" + value + "\": ");
    }

    @Test
    void aVariableIsTakenFromHattersOwnEnvironmentAlsoWhenThatIsCleared() throws Exception {
        keys.putAll(Map.of("env[A]", "$LANG", "env[B]", "$NO_SUCH", "env[C]", "a$LANG", "env[HOME]", "/h"));
        assertThat(parse().launch().environment())
                .containsEntry("A", "C")
                .containsEntry("B", "")
                .containsEntry("C", "a$LANG")
                .containsEntry("HOME", "/h")
                .doesNotContainKey("LANG");
    }

    @Test
    void userAndHomeOfHatterAreNotThoseOfAUserByName() throws Exception {
        keys.putAll(Map.of("clear_env", "no", "user", "nobody"));
        Map<String, String> own = Map.of("USER", "root", "HOME", "/root", "A", "b");
        SettingsParser.Manager manager = new SettingsParser.Manager(true, own, null);
        assertThat(SettingsParser.parse("www", keys, manager).launch().environment())
                .containsEntry("A", "b")
                .doesNotContainKeys("USER", "HOME");
        keys.put("user", "65534");
        assertThat(SettingsParser.parse("www", keys, manager).launch().environment())
                .containsEntry("HOME", "/root");
    }

    @Test
    void anAccessControlListTakesThePlaceOfOwnerAndGroup() throws Exception {
        keys.putAll(Map.of("listen.owner", "root", "listen.acl_users", "www-data, bin", "listen.acl_groups", "adm"));
        assertThat(parse().listen().front().unixRights())
                .isEqualTo(new UnixRights(null, null, 0660, List.of("www-data", "bin"), List.of("adm")));
    }

    @Test
    void phpSettingsBecomeOneArgument() throws Exception {
        keys.putAll(Map.of(
                "command", "php-cgi -n",
                "php_value[a.b]", "it's ${X} \\ \"q\"",
                "php_flag[c]", "On",
                "php_admin_value[error_reporting]", "E_ALL & ~E_NOTICE",
                "php_admin_value[disable_functions]", "exec,system",
                "php_admin_flag[e]", "off"));
        LaunchSettings launch = parse().launch();
        assertThat(launch.command()).containsExactly("php-cgi", "-n");
        assertThat(launch.argv()).startsWith("php-cgi", "-n", "-d").hasSize(4);
        assertThat(launch.argv().get(3))
                .startsWith("; pool=1\ndoc_root=\"\"\nuser_dir=\"\"\na.b='it'\"'\"'s ${X} \\ \"q\"'\nc='1'\n"
                        + "e='0'\nerror_reporting=E_ALL & ~E_NOTICE\n"
                        + "disable_functions='pcntl_fork,pcntl_rfork,pcntl_unshare,pcntl_exec,exec,system'"
                        + "\",${disable_functions}\"\n[PATH=/")
                .contains("\n[PATH=/usr]\ne='0'\nerror_reporting=E_ALL & ~E_NOTICE\n"
                        + "disable_functions='exec,system'\n")
                .endsWith("disable_functions='exec,system'\n");
        keys.put("command", "php-cgi -c x -- y");
        assertThat(faults()).hasSize(2).allMatch(fault -> fault.startsWith("command = "));
        assertThat(launch.php().holdFor("/usr/x.php")).isTrue();
        assertThat(launch.php().holdFor("/no-such-directory/x.php")).isFalse();
        assertThat(launch.php().holdFor("/x.php")).isFalse();
    }

    /** With them php-cgi ran what SCRIPT_NAME says, while SCRIPT_FILENAME had been checked. */
    @Test
    void whatWouldRunAnotherScriptThanTheOneThatWasCheckedIsRefused() {
        keys.putAll(Map.of("php_admin_value[doc_root]", "/srv", "php_value[user_dir]", "public_html"));
        assertThat(faults())
                .hasSize(2)
                .allMatch(fault -> fault.contains("instead of the script that was checked"))
                .anyMatch(fault -> fault.startsWith("php_admin_value[doc_root] = \"/srv\": "))
                .anyMatch(fault -> fault.startsWith("php_value[user_dir] = \"public_html\": "));
    }

    @Test
    void scriptsForkOnlyWhereThePoolSaysSo() throws Exception {
        assertThat(parse().launch().argv().get(2)).contains("disable_functions='pcntl_fork,");
        keys.put("php.pcntl", "yes");
        assertThat(parse().launch().argv().get(2)).doesNotContain("disable_functions");
        keys.put("command", "/usr/sbin/fcgiwrap");
        assertThat(faults())
                .containsExactly("php.pcntl = \"yes\": only php-cgi takes it, and the command is /usr/sbin/fcgiwrap");
    }

    @Test
    void phpSettingsAreForPhpCgiAlone() {
        keys.putAll(Map.of("command", "/usr/sbin/fcgiwrap", "php_value[a]", "b", "php_admin_flag[c]", "on"));
        assertThat(faults())
                .containsExactlyInAnyOrder(
                        "php_value[a] = \"b\": only php-cgi takes it, and the command is /usr/sbin/fcgiwrap",
                        "php_admin_flag[c] = \"on\": only php-cgi takes it, and the command is /usr/sbin/fcgiwrap");
    }

    @Test
    void readsADynamicPool() throws Exception {
        keys.putAll(Map.of("pm", "dynamic", "pm.min_spare_servers", "1", "pm.max_spare_servers", "3"));
        assertThat(parse().run().pm())
                .isEqualTo(new PmSettings(PmSettings.Kind.DYNAMIC, 2, 1, 3, 32, Duration.ofSeconds(10)));
    }

    @Test
    void readsAnOndemandPool() throws Exception {
        keys.putAll(Map.of("pm", "ondemand", "pm.process_idle_timeout", "1m"));
        assertThat(parse().run().pm().kind()).isEqualTo(PmSettings.Kind.ONDEMAND);
        assertThat(parse().run().pm().idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void crossChecksTheNumbersOfADynamicPoolAsPhpFpmDoes() {
        keys.put("pm", "dynamic");
        assertThat(faults())
                .containsExactly(
                        "pm.min_spare_servers is missing: pm = dynamic needs it, 1 or more",
                        "pm.max_spare_servers is missing: pm = dynamic needs it, 1 or more");
        keys.putAll(Map.of("pm.min_spare_servers", "3", "pm.max_spare_servers", "9", "pm.start_servers", "2"));
        assertThat(faults())
                .containsExactly(
                        "pm.max_spare_servers = \"9\": must not be above pm.max_children (4)",
                        "pm.start_servers = \"2\": must lie between pm.min_spare_servers (3) and pm.max_spare_servers (9)");
        keys.putAll(Map.of("pm.max_spare_servers", "2", "pm.start_servers", ""));
        assertThat(faults())
                .containsExactly("pm.max_spare_servers = \"2\": must not be below pm.min_spare_servers (3)");
    }

    @Test
    void anUnknownProcessManagerIsRefused() {
        keys.put("pm", "magic");
        assertThat(faults()).containsExactly("pm = \"magic\": must be static, dynamic or ondemand");
    }
}
