// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The entries of a configuration, taken one by one with the type each must have. What is wrong is collected, so that all
 * of it can be told at once; what nobody took is unknown.
 */
final class Entries {
    private static final List<String> NOT_OURS = List.of(
            "service.",
            "component.",
            "felix.fileinstall.",
            "org.apache.karaf.",
            "osgi.",
            "config.",
            "confinement.",
            ".");
    private static final int LARGEST_HINT_DISTANCE = 3;

    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    Entries(Map<String, ?> properties) {
        properties.forEach((key, value) -> {
            if (NOT_OURS.stream().noneMatch(key::startsWith)) {
                add(key, value);
            }
        });
    }

    /** Several values are never taken for one, be it the only one: nothing that knows our keys writes them so. */
    private void add(String key, Object value) {
        if (value instanceof Collection<?> several) {
            several(key, several.toArray());
        } else if (value != null && value.getClass().isArray()) {
            several(key, elements(value));
        } else {
            values.put(key, String.valueOf(value).strip());
        }
    }

    private void several(String key, Object[] elements) {
        fault(key + " = " + Arrays.deepToString(elements)
                + ": must be one value, not an array; what may be several is written in one text");
    }

    private static Object[] elements(Object array) {
        return IntStream.range(0, Array.getLength(array))
                .mapToObj(index -> Array.get(array, index))
                .toArray();
    }

    void fault(String text) {
        faults.add(text);
    }

    void fault(String key, String value, String text) {
        faults.add(key + " = \"" + value + "\": " + text);
    }

    /** Whether that key's value was found bad. */
    boolean faultsOf(String key) {
        return faults.stream().anyMatch(fault -> fault.startsWith(key + " = "));
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The value of that key; null when it is missing or empty. */
    String text(String key) {
        known.add(key);
        String value = values.remove(key);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Each key that was asked for, be it there or not; an array's as {@code name[NAME]}. */
    Set<String> known() {
        return Set.copyOf(known);
    }

    /** Whether the key is there, be it empty. Doesn't take it. */
    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value as that function reads it; its IllegalArgumentException becomes a fault. */
    <T> T value(String key, T missing, Function<String, T> reader) {
        String value = text(key);
        if (value == null) {
            return missing;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            fault(key, value, e.getMessage());
            return missing;
        }
    }

    int integer(String key, int missing, int min, int max) {
        return value(key, missing, text -> parseInteger(text, min, max));
    }

    /** php-fpm's booleans. */
    boolean flag(String key, boolean missing) {
        return value(key, missing, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            case "0", "no", "false", "off", "none" -> false;
            default -> throw new IllegalArgumentException("must be yes or no");
        });
    }

    /** One of an enum's constants, in lower case. */
    <E extends Enum<E>> E choice(String key, E missing) {
        E[] all = missing.getDeclaringClass().getEnumConstants();
        return value(
                key,
                missing,
                text -> Arrays.stream(all)
                        .filter(one -> word(one).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be "
                                + Arrays.stream(all).map(Entries::word).collect(Collectors.joining(" or ")))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** php-fpm's times: seconds, or a number with s, m, h or d behind it. */
    Duration time(String key, Duration missing) {
        return value(key, missing, Entries::parseTime);
    }

    /** A number of bytes, as php.ini writes them: a whole number, with K or M behind it for powers of 1024. */
    int size(String key, int missing, int max) {
        return value(key, missing, text -> parseSize(text, max));
    }

    /** The entries of an array: {@code env[NAME]} for the name "env". */
    Map<String, String> array(String name) {
        known.add(name + "[NAME]");
        Map<String, String> entries = new LinkedHashMap<>();
        for (String key : List.copyOf(values.keySet())) {
            if (key.startsWith(name + "[")) {
                takeElement(name, key, entries);
            }
        }
        return entries;
    }

    private void takeElement(String name, String key, Map<String, String> entries) {
        String value = values.remove(key);
        String element = key.endsWith("]") ? key.substring(name.length() + 1, key.length() - 1) : "";
        if (element.isEmpty() || element.indexOf('=') >= 0 || element.indexOf('[') >= 0) {
            fault(key, value, "must be written " + name + "[NAME]");
        } else {
            entries.put(element, value);
        }
    }

    /** What nobody took becomes a fault, with the key that was probably meant. */
    void refuseTheRest() {
        values.forEach((key, value) -> fault(key, value, "unknown key" + hint(key)));
    }

    private String hint(String key) {
        String best = null;
        int least = LARGEST_HINT_DISTANCE + 1;
        for (String candidate : known) {
            int distance = distance(key, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? "; see docs/configuration.md for those there are" : "; did you mean " + best + "?";
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static int parseInteger(String text, int min, int max) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with what is allowed
        }
        throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
    }

    private static int parseSize(String text, int max) {
        if (text.matches("[0-9]{1,9}[KkMm]?")) {
            char last = Character.toUpperCase(text.charAt(text.length() - 1));
            int shift = last == 'M' ? 20 : last == 'K' ? 10 : 0;
            long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1)) << shift;
            if (number <= max) {
                return (int) number;
            }
        }
        throw new IllegalArgumentException("must be a number of bytes, also with K or M behind it, up to " + max);
    }

    private static Duration parseTime(String text) {
        char last = text.charAt(text.length() - 1);
        long unit = switch (last) {
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            default -> 1;
        };
        String number = Character.isDigit(last) ? text : text.substring(0, text.length() - 1);
        if ((Character.isDigit(last) || "smhd".indexOf(last) >= 0) && number.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(number) * unit);
        }
        throw new IllegalArgumentException("must be seconds, or a whole number with s, m, h or d behind it");
    }
}
