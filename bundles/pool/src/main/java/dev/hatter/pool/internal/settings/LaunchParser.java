// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.process.Identity;
import dev.hatter.process.Limits;
import dev.hatter.process.Scheduling;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads what a worker is: command, identity, limits, environment. */
final class LaunchParser {
    private static final int MAX_CONCURRENCY = 10_000;
    private static final int LOWEST_PRIORITY = -19;
    private static final int HIGHEST_PRIORITY = 20;
    private static final int UNSET = Integer.MIN_VALUE;

    private final Entries entries;
    private final SettingsParser.Manager manager;

    LaunchParser(Entries entries, SettingsParser.Manager manager) {
        this.entries = entries;
        this.manager = manager;
    }

    LaunchSettings parse() {
        List<String> command = entries.value("command", List.of("php-cgi"), LaunchParser::parseCommand);
        boolean phpCgi = isPhpCgi(command.get(0));
        int concurrency = entries.integer("worker.concurrency", 1, 1, MAX_CONCURRENCY);
        Path chroot = entries.value("chroot", null, LaunchParser::parseDirectory);
        Path directory = entries.value("chdir", Path.of("/"), LaunchParser::parseDirectory);
        Identity identity = identity();
        boolean optional = entries.flag("command.optional", false);
        Path root = Objects.requireNonNullElse(chroot, Path.of("/"));
        PhpValues php = new PhpParser(entries, command, phpCgi).parse(root);
        PhpIniParser ini = new PhpIniParser(
                entries, command, phpCgi, root, manager.environment().getOrDefault("PATH", ""));
        return new LaunchSettings(
                command,
                optional,
                environment(identity, ini, phpCgi, concurrency),
                chroot,
                directory,
                identity,
                limits(),
                new HatParser(entries).parse(),
                php,
                concurrency,
                phpCgi);
    }

    private Identity identity() {
        String user = entries.text("user");
        String group = entries.text("group");
        if (user == null && manager.root()) {
            entries.fault("user is missing: Hatter runs as root, and a worker must not");
        }
        return user == null && group == null ? null : new Identity(user, group);
    }

    /** As with php-fpm, 0 leaves a resource limit what it is. */
    private Limits limits() {
        int files = entries.integer("rlimit_files", 0, 0, Integer.MAX_VALUE);
        Long core = entries.value("rlimit_core", null, LaunchParser::parseCore);
        Integer priority = priority(entries, manager.priority());
        Integer umask = entries.value("umask", null, LaunchParser::parseUmask);
        Scheduling scheduling = entries.value("process.scheduling", null, LaunchParser::parseScheduling);
        return new Limits(files == 0 ? null : files, core, priority, umask, scheduling);
    }

    /** @param fallback where it isn't set; null to keep Hatter's own */
    static Integer priority(Entries entries, Integer fallback) {
        int priority = entries.integer("process.priority", UNSET, LOWEST_PRIORITY, HIGHEST_PRIORITY);
        return priority == UNSET ? fallback : Integer.valueOf(priority);
    }

    private Map<String, String> environment(Identity identity, PhpIniParser ini, boolean phpCgi, int concurrency) {
        boolean clear = entries.flag("clear_env", true);
        Map<String, String> own = entries.array("env");
        own.forEach((key, value) -> {
            if (value.isEmpty()) {
                entries.fault("env[" + key + "]", value, "must not be empty");
            }
        });
        own.replaceAll((key, value) ->
                value.startsWith("$") ? manager.environment().getOrDefault(value.substring(1), "") : value);
        own.putAll(ini.parse(own.keySet()));
        boolean named =
                identity != null && identity.user() != null && !identity.user().matches("[0-9]+");
        return WorkerEnvironment.of(clear ? Map.of() : manager.environment(), own, named, phpCgi, concurrency);
    }

    private static boolean isPhpCgi(String program) {
        String file = program.substring(program.lastIndexOf('/') + 1);
        return file.matches("php[0-9.]*-cgi[0-9.]*");
    }

    private static Long parseCore(String text) {
        if (text.equals("unlimited")) {
            return Limits.UNLIMITED;
        }
        if (text.matches("[0-9]{1,18}")) {
            long bytes = Long.parseLong(text);
            return bytes == 0 ? null : bytes;
        }
        throw new IllegalArgumentException("must be a number of bytes, or unlimited");
    }

    private static Scheduling parseScheduling(String text) {
        return switch (text) {
            case "other" -> Scheduling.OTHER;
            case "batch" -> Scheduling.BATCH;
            default -> throw new IllegalArgumentException("must be other or batch");
        };
    }

    private static Integer parseUmask(String text) {
        if (text.matches("0?[0-7]{1,3}")) {
            return Integer.valueOf(text, 8);
        }
        throw new IllegalArgumentException("must be octal, from 0 to 0777, such as 0027");
    }

    private static List<String> parseCommand(String text) {
        List<String> command = CommandLine.split(text);
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw new IllegalArgumentException("must name a program");
        }
        return command;
    }

    private static Path parseDirectory(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw new IllegalArgumentException("must be an absolute path");
    }
}
