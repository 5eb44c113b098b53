// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.fastcgi.transport.FrontLimits;
import dev.hatter.fastcgi.transport.FrontSettings;
import dev.hatter.fastcgi.transport.ListenAddress;
import dev.hatter.fastcgi.transport.UnixRights;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a pool's configuration. Keys are php-fpm's, with php-fpm's meaning, where it has one. */
public final class SettingsParser {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsParser.class);

    static final int MAX_CHILDREN = 100_000;
    private static final int MAX_BACKLOG = 65_535;
    private static final int MAX_CONNECTIONS = 1_000_000;
    private static final int MAX_BUFFER = 64 * 1024 * 1024;
    private static final int MAX_PARAMS = 16 * 1024 * 1024;

    private final String name;
    private final Manager manager;
    private final Entries entries;

    private SettingsParser(String name, Entries entries, Manager manager) {
        this.name = name;
        this.manager = manager;
        this.entries = entries;
    }

    /**
     * What a pool's settings are read against.
     *
     * @param root whether it runs as root
     * @param environment its own, which a worker gets with {@code clear_env = no}, and {@code env[NAME] = $VAR} reads
     * @param priority the workers' nice value where a pool sets none; null to keep the manager's
     */
    public record Manager(boolean root, Map<String, String> environment, Integer priority) {}

    /**
     * Parses and checks all keys.
     *
     * @param name the pool's
     * @param properties the configuration; what OSGi adds to it is passed over
     * @param manager the process that will start the workers
     * @throws InvalidSettingsException with every fault there is
     */
    public static PoolSettings parse(String name, Map<String, ?> properties, Manager manager)
            throws InvalidSettingsException {
        return parse(name, new Entries(properties), manager);
    }

    /** The same; the entries then know each key there is. */
    static PoolSettings parse(String name, Entries entries, Manager manager) throws InvalidSettingsException {
        return new SettingsParser(name, entries, manager).parse();
    }

    private PoolSettings parse() throws InvalidSettingsException {
        RunSettings.Endings endings = endings();
        ListenSettings listen = listen(endings);
        LaunchSettings launch = new LaunchParser(entries, manager).parse();
        RunSettings run = run(launch, endings);
        entries.refuseTheRest();
        if (!entries.faults().isEmpty()) {
            throw new InvalidSettingsException(entries.faults());
        }
        return new PoolSettings(name, listen, launch, run);
    }

    private ListenSettings listen(RunSettings.Endings endings) {
        ListenAddress address = entries.value("listen", null, ListenAddress::parse);
        if (address == null && !entries.faultsOf("listen")) {
            entries.fault("listen is missing: set it to an address (127.0.0.1:9000, [::1]:9000, 9000) or the path of a"
                    + " Unix socket");
        }
        int backlog = entries.value("listen.backlog", FrontSettings.DEFAULT_BACKLOG, SettingsParser::parseBacklog);
        Set<InetAddress> clients = entries.value("listen.allowed_clients", Set.of(), SettingsParser::parseAddresses);
        FrontSettings front = FrontSettings.defaults()
                .withBacklog(backlog)
                .withUnixRights(rights())
                .withAllowedClients(clients)
                .withLimits(limits())
                .withClosesRefused(endings.refusal() == RunSettings.Reply.CLOSE);
        return new ListenSettings(address, front);
    }

    /** As with php-fpm, an access control list takes the place of owner and group. */
    private UnixRights rights() {
        String owner = entries.text("listen.owner");
        String group = entries.text("listen.group");
        int mode = entries.value("listen.mode", UnixRights.DEFAULT_MODE, SettingsParser::parseMode);
        List<String> users = entries.value("listen.acl_users", List.of(), SettingsParser::parseNames);
        List<String> groups = entries.value("listen.acl_groups", List.of(), SettingsParser::parseNames);
        if (users.isEmpty() && groups.isEmpty()) {
            return new UnixRights(owner, group, mode);
        }
        warnIgnored("listen.owner", owner);
        warnIgnored("listen.group", group);
        return new UnixRights(null, null, mode, users, groups);
    }

    private void warnIgnored(String key, String value) {
        if (value != null) {
            LOG.warn("[pool {}] ACL set, {} = '{}' is ignored", name, key, value);
        }
    }

    private FrontLimits limits() {
        FrontLimits defaults = FrontLimits.defaults();
        return new FrontLimits(
                entries.integer("listen.max_connections", defaults.maxConnections(), 1, MAX_CONNECTIONS),
                defaults.maxRequestsPerConnection(),
                entries.integer("listen.max_params", defaults.maxParamsLength(), 1024, MAX_PARAMS),
                defaults.maxTotalParamsLength());
    }

    private RunSettings run(LaunchSettings launch, RunSettings.Endings endings) {
        int children = entries.integer("pm.max_children", 0, 1, MAX_CHILDREN);
        if (children == 0 && !entries.faultsOf("pm.max_children")) {
            entries.fault("pm.max_children is missing: set it to the number of workers, 1 or more");
        }
        int requests = entries.integer("pm.max_requests", 0, 0, Integer.MAX_VALUE);
        boolean output = entries.flag("catch_workers_output", false);
        RunSettings.Timeouts timeouts = new RunSettings.Timeouts(
                entries.time("request_terminate_timeout", Duration.ZERO),
                entries.flag("request_terminate_timeout_track_finished", false),
                entries.time("request_queue_timeout", Duration.ZERO));
        RunSettings.Buffers buffers = new RunSettings.Buffers(
                entries.size("response_buffer", RunSettings.Buffers.DEFAULT_RESPONSE, MAX_BUFFER),
                entries.size("request_body_buffer", 0, MAX_BUFFER));
        if (children % launch.concurrency() != 0) {
            entries.fault(
                    "pm.max_children",
                    Integer.toString(children),
                    "must be a multiple of worker.concurrency (" + launch.concurrency()
                            + "): a worker counts as that many children");
        }
        PmSettings pm = new PmParser(entries, children).parse();
        HatRules hats = new HatParser(entries).rules(launch.hat(), pm, children, launch.concurrency());
        return new RunSettings(
                pm, children, requests, output, extensions(launch.phpCgi()), hats, timeouts, buffers, endings);
    }

    private RunSettings.Endings endings() {
        RunSettings.Endings usual = RunSettings.Endings.DEFAULT;
        return new RunSettings.Endings(
                entries.choice("request_abandoned", usual.abandoned()),
                entries.choice("request_failure", usual.failure()),
                entries.choice("request_refusal", usual.refusal()));
    }

    /** An empty value lifts the limit, as in php-fpm; php-fpm's default is for PHP alone. */
    private List<String> extensions(boolean phpCgi) {
        if (entries.has("security.limit_extensions")) {
            return entries.value("security.limit_extensions", List.of(), SettingsParser::parseExtensions);
        }
        entries.text("security.limit_extensions");
        return phpCgi ? List.of(".php", ".phar") : List.of();
    }

    private static int parseBacklog(String text) {
        if (text.equals("-1")) {
            return MAX_BACKLOG; // php-fpm's word for "as much as the kernel gives"
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_BACKLOG) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("must be -1 or a whole number from 1 to " + MAX_BACKLOG);
    }

    private static int parseMode(String text) {
        if (text.matches("0?[0-7]{3}")) {
            return Integer.parseInt(text, 8);
        }
        throw new IllegalArgumentException("must be an octal mode of three digits, such as 0660");
    }

    private static List<String> parseNames(String text) {
        List<String> names = Arrays.asList(text.split("\\s*,\\s*"));
        for (String one : names) {
            if (!one.matches("[^\\s:,]+")) {
                throw new IllegalArgumentException("\"" + one + "\" can't be a name; separate several by commas");
            }
        }
        return names;
    }

    private static Set<InetAddress> parseAddresses(String text) {
        Set<InetAddress> addresses = new HashSet<>();
        for (String part : text.split("\\s*,\\s*")) {
            addresses.add(parseAddress(part));
        }
        return addresses;
    }

    private static InetAddress parseAddress(String text) {
        if (text.matches("[0-9]+(\\.[0-9]+){3}") || (text.matches("[0-9A-Fa-f:.]+") && text.indexOf(':') >= 0)) {
            try {
                return InetAddress.getByName(text); // a literal: nothing is looked up
            } catch (UnknownHostException e) {
                // told below
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no IPv4 or IPv6 address; separate several by commas");
    }

    private static List<String> parseExtensions(String text) {
        List<String> extensions = Arrays.asList(text.split("[\\s,]+"));
        for (String extension : extensions) {
            if (!extension.matches("\\.[^/.][^/]*")) {
                throw new IllegalArgumentException(
                        "\"" + extension + "\" must begin with a dot; separate several by blanks");
            }
        }
        return extensions;
    }
}
