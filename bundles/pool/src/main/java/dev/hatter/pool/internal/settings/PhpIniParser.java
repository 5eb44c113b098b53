// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.process.Chroot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code php.ini}: whose php.ini php-cgi takes. */
final class PhpIniParser {
    /** What PHP looks at: where its php.ini is, and in which directory more such files are. */
    private static final String FILE = "PHPRC";

    private static final String DIRECTORY = "PHP_INI_SCAN_DIR";

    /** "php-cgi8.2" and "php8.2-cgi". */
    private static final Pattern VERSION = Pattern.compile("php(?:-cgi)?([0-9]+\\.[0-9]+)");

    private final Entries entries;
    private final List<String> command;
    private final boolean phpCgi;
    private final Path root;
    private final String searchPath;

    /**
     * @param root the workers' root directory
     * @param searchPath Hatter's own PATH, in which a program without a slash is looked up
     */
    PhpIniParser(Entries entries, List<String> command, boolean phpCgi, Path root, String searchPath) {
        this.entries = entries;
        this.command = command;
        this.phpCgi = phpCgi;
        this.root = root;
        this.searchPath = searchPath;
    }

    /**
     * What has to be in the workers' environment for it.
     *
     * @param own the names of what the pool itself puts there
     */
    Map<String, String> parse(Set<String> own) {
        return entries.value("php.ini", Map.of(), value -> {
            if (value.equals("cgi")) {
                return Map.of();
            }
            if (!phpCgi) {
                throw new IllegalArgumentException("only php-cgi takes it, and the command is " + command.get(0));
            }
            checkAlone(own);
            return value.equals("fpm") ? ofPhpFpm() : ofPath(value);
        });
    }

    /** What names a php.ini in two places has one that doesn't count. */
    private void checkAlone(Set<String> own) {
        for (String name : List.of(FILE, DIRECTORY)) {
            if (own.contains(name)) {
                throw new IllegalArgumentException("env[" + name + "] says it too: leave out one of them");
            }
        }
        for (String argument : command.subList(1, command.size())) {
            if (argument.startsWith("-c") || argument.startsWith("-n")) {
                throw new IllegalArgumentException("the command's " + argument + " says it too: leave out one of them");
            }
        }
    }

    /** Debian's place for it. */
    private Map<String, String> ofPhpFpm() {
        Path directory = Path.of("/etc/php", version(), "fpm");
        if (!isFile(directory.resolve("php.ini"))) {
            throw new IllegalArgumentException(
                    "there is no " + directory.resolve("php.ini") + "; install that php-fpm, or name the file");
        }
        return ofDirectory(directory);
    }

    private String version() {
        String program = command.get(0);
        for (String name : List.of(realName(program), program.substring(program.lastIndexOf('/') + 1))) {
            Matcher version = VERSION.matcher(name);
            if (version.find()) {
                return version.group(1);
            }
        }
        throw new IllegalArgumentException(
                "the name of " + program + " doesn't tell its version of PHP; name the file instead");
    }

    /** The name of the file that a program's links lead to; empty when there is none. */
    private String realName(String program) {
        List<String> places = program.indexOf('/') >= 0
                ? List.of(program)
                : Arrays.stream(searchPath.split(":"))
                        .filter(place -> place.startsWith("/"))
                        .map(place -> place + "/" + program)
                        .toList();
        for (String place : places) {
            try {
                return Chroot.resolve(root, Path.of(place)).getFileName().toString();
            } catch (IOException | InvalidPathException e) {
                // not there: perhaps in the next one
            }
        }
        return "";
    }

    private Map<String, String> ofPath(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("must be cgi, fpm, or the absolute path of a php.ini or its directory");
        }
        Path path = Path.of(text);
        if (isFile(path)) {
            return Map.of(FILE, path.toString());
        }
        if (!isFile(path.resolve("php.ini"))) {
            throw new IllegalArgumentException("there is no such file, nor a php.ini in a directory of that name");
        }
        return ofDirectory(path);
    }

    private Map<String, String> ofDirectory(Path directory) {
        Map<String, String> environment = new HashMap<>();
        environment.put(FILE, directory.resolve("php.ini").toString());
        Path more = directory.resolve("conf.d");
        if (isThere(more, true)) {
            environment.put(DIRECTORY, more.toString());
        }
        return environment;
    }

    private boolean isFile(Path path) {
        return isThere(path, false);
    }

    private boolean isThere(Path path, boolean directory) {
        try {
            Path outside = Chroot.resolve(root, path);
            return directory ? Files.isDirectory(outside) : Files.isRegularFile(outside);
        } catch (IOException e) {
            return false;
        }
    }
}
