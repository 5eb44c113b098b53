// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the arrays of PHP settings. */
final class PhpParser {
    /** Options of php-cgi that a value follows. */
    private static final String WITH_VALUE = "bcdfzT";

    private final Entries entries;
    private final List<String> command;
    private final boolean phpCgi;

    PhpParser(Entries entries, List<String> command, boolean phpCgi) {
        this.entries = entries;
        this.command = command;
        this.phpCgi = phpCgi;
    }

    /** @param root the workers' root directory */
    PhpValues parse(Path root) {
        Map<String, String> values = words("php_value");
        values.putAll(flags("php_flag"));
        Map<String, String> fixed = words("php_admin_value");
        fixed.putAll(flags("php_admin_flag"));
        if (phpCgi) {
            checkArguments();
        }
        return new PhpValues(values, fixed, fixed.isEmpty() ? Set.of() : tops(root), pcntl());
    }

    private boolean pcntl() {
        boolean pcntl = entries.flag("php.pcntl", false);
        if (pcntl && !phpCgi) {
            entries.fault("php.pcntl", "yes", "only php-cgi takes it, and the command is " + command.get(0));
        }
        return pcntl;
    }

    /** php-fpm's parser has read the words for yes and no already when PHP gets them. */
    private Map<String, String> words(String key) {
        Map<String, String> values = array(key);
        values.replaceAll((name, value) -> switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "on" -> "1";
            case "no", "false", "off", "none", "null" -> "";
            default -> value;
        });
        return values;
    }

    /** The settings follow as an option, which php-cgi wouldn't read behind what is none. */
    private void checkArguments() {
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
                entries.fault(
                        "command",
                        String.join(" ", command),
                        "php-cgi takes no options behind \"" + argument + "\", and Hatter's come last");
            }
            if (argument.matches("-[" + WITH_VALUE + "]")) {
                i++;
            }
        }
        if (command.size() > 1 && command.get(command.size() - 1).matches("-[" + WITH_VALUE + "]")) {
            entries.fault("command", String.join(" ", command), "its last option has no value");
        }
    }

    private Map<String, String> array(String key) {
        Map<String, String> array = new HashMap<>(entries.array(key));
        array.forEach((name, value) -> check(key + "[" + name + "]", name, value));
        return array;
    }

    private void check(String key, String name, String value) {
        if (!phpCgi) {
            entries.fault(key, value, "only php-cgi takes it, and the command is " + command.get(0));
        } else if (!name.matches("[A-Za-z0-9_.-]+")) {
            entries.fault(key, value, "\"" + name + "\" can't be the name of a PHP setting");
        } else if (PhpValues.RELOCATING.contains(name)) {
            entries.fault(
                    key,
                    value,
                    "php-cgi would run what it makes of SCRIPT_NAME instead of the script that was checked; set"
                            + " SCRIPT_FILENAME in the web server");
        } else if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            entries.fault(key, value, "must be one line, without control characters");
        }
    }

    private Map<String, String> flags(String key) {
        Map<String, String> flags = array(key);
        flags.replaceAll((name, value) -> switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> "1";
            case "0", "no", "false", "off", "none" -> "0";
            default -> {
                entries.fault(key + "[" + name + "]", value, "must be yes or no");
                yield value;
            }
        });
        return flags;
    }

    /** A name with anything else in it couldn't be written as a section; no script runs there then. */
    private Set<String> tops(Path root) {
        Set<String> tops = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.matches("[A-Za-z0-9_.+@-]+") && Files.isDirectory(file)) {
                    tops.add(name);
                }
            }
        } catch (IOException e) {
            entries.fault("php_admin_value needs the directories in " + root + ", which can't be listed: " + e);
        }
        return tops;
    }
}
