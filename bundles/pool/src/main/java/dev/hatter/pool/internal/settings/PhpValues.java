// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code php_value}, {@code php_flag}, {@code php_admin_value} and {@code php_admin_flag} of a pool of php-cgi.
 *
 * <p>php-cgi takes settings by -d, and what such a setting says a script may change. What stands in a section [PATH=/dir] it
 * may not; -d takes no section, but lines behind the first it takes as they are. [PATH=/] has no effect, so there is a section
 * for each directory in the root directory; a script elsewhere must not run.
 *
 * @param values that scripts may change
 * @param fixed that they may not
 * @param tops names of the directories in the workers' root directory; empty when nothing is fixed
 * @param pcntl {@code php.pcntl}: whether scripts may fork
 */
public record PhpValues(Map<String, String> values, Map<String, String> fixed, Set<String> tops, boolean pcntl) {
    private static final String DISABLE_FUNCTIONS = "disable_functions";

    /** Functions that Debian's php-cgi has and its php-fpm hasn't: what they make shares the worker's connections. */
    private static final String PCNTL = "pcntl_fork,pcntl_rfork,pcntl_unshare,pcntl_exec";

    /** Read at start-up alone; php-fpm adds the first two to those of php.ini. */
    private static final Set<String> LISTS = Set.of(DISABLE_FUNCTIONS, "disable_classes");

    private static final Set<String> START_UP = Set.of("extension", "zend_extension");

    /** -d puts quotes round what follows its first "=" unless that is a digit: so here one is, in a comment. */
    private static final String FIRST_LINE = "; pool=1\n";

    /** With one of these in force, php-cgi runs what it makes of SCRIPT_NAME, and not the script that was checked. */
    static final Set<String> RELOCATING = Set.of("doc_root", "user_dir");

    private static final String RELOCATING_OFF = "doc_root=\"\"\nuser_dir=\"\"\n";

    public PhpValues {
        values = Map.copyOf(values);
        fixed = Map.copyOf(fixed);
        tops = Set.copyOf(tops);
    }

    /**
     * What php-cgi has to be started with, behind all other arguments: it reads every -d as lines of one file, and nothing
     * ends a section.
     */
    List<String> arguments() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append(RELOCATING_OFF);
        text.append(lines(values)).append(lines(fixed));
        LISTS.stream().sorted().forEach(list -> text.append(listed(list)));
        // a list is read at start-up, but shown as the section has it: the pool's own part alone, as in php-fpm
        Map<String, String> inSections = new TreeMap<>(fixed);
        inSections.keySet().removeAll(START_UP);
        SortedSet<String> sorted = new TreeSet<>(tops);
        String lines = lines(inSections)
                + LISTS.stream()
                        .sorted()
                        .filter(inSections::containsKey)
                        .map(list -> list + "=" + quote(inSections.get(list)) + "\n")
                        .collect(Collectors.joining());
        sorted.forEach(top -> text.append("[PATH=/").append(top).append("]\n").append(lines));
        return List.of("-d", text.toString());
    }

    /** Whether what is fixed counts for a script at that path, as the worker sees it. */
    public boolean holdFor(String path) {
        int second = path.indexOf('/', 1);
        return fixed.isEmpty() || second > 0 && tops.contains(path.substring(1, second));
    }

    /** What the pool, and Hatter, add to that list of php.ini's: before it, as php.ini's may be empty. */
    private String listed(String list) {
        String own = Stream.of(
                        list.equals(DISABLE_FUNCTIONS) && !pcntl ? PCNTL : "",
                        values.getOrDefault(list, ""),
                        fixed.getOrDefault(list, ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(","));
        return own.isEmpty() ? "" : list + "=" + quote(own) + "\",${" + list + "}\"\n";
    }

    private static String lines(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(e -> !LISTS.contains(e.getKey()))
                        .map(e -> e.getKey() + "=" + text(e.getKey(), e.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    private static String text(String name, String value) {
        return isExpression(name, value) ? value : quote(value);
    }

    /** E_ALL & ~E_NOTICE would be a mere string in quotes. */
    private static boolean isExpression(String name, String value) {
        return name.equals("error_reporting") && value.matches("[A-Z_0-9 &|~^!()]+");
    }

    /** Nothing is expanded and nothing escaped in single quotes; so only a single quote needs the others. */
    private static String quote(String value) {
        return value.isEmpty() ? "\"\"" : "'" + value.replace("'", "'\"'\"'") + "'";
    }
}
