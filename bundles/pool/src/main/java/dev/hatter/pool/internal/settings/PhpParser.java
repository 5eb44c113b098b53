// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the arrays of PHP settings. */
final class PhpParser {
    private final Entries entries;
    private final String program;
    private final boolean phpCgi;

    PhpParser(Entries entries, String program, boolean phpCgi) {
        this.entries = entries;
        this.program = program;
        this.phpCgi = phpCgi;
    }

    /** @param root the workers' root directory */
    PhpValues parse(Path root) {
        Map<String, String> values = array("php_value");
        values.putAll(flags("php_flag"));
        Map<String, String> fixed = array("php_admin_value");
        fixed.putAll(flags("php_admin_flag"));
        return new PhpValues(values, fixed, fixed.isEmpty() ? Set.of() : tops(root));
    }

    private Map<String, String> array(String key) {
        Map<String, String> array = new HashMap<>(entries.array(key));
        array.forEach((name, value) -> check(key + "[" + name + "]", name, value));
        return array;
    }

    private void check(String key, String name, String value) {
        if (!phpCgi) {
            entries.fault(key, value, "only php-cgi takes it, and the command is " + program);
        } else if (!name.matches("[A-Za-z0-9_.-]+")) {
            entries.fault(key, value, "\"" + name + "\" can't be the name of a PHP setting");
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
