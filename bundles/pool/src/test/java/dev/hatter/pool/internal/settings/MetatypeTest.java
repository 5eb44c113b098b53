// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Parser, forms (OSGI-INF/metatype) and docs/configuration.md have the same keys with the same types, ranges, defaults
 * and words. For a new key: the parser, a row on that page, and an AD, whose line a failure of this test spells out.
 */
class MetatypeTest {
    private static final String POOL_KEYS = "Keys of a pool";
    private static final String HOUSE_KEYS = "Keys for all pools";
    private static final SettingsParser.Manager USER = new SettingsParser.Manager(false, Map.of(), null);

    /** Reads a configuration. */
    private interface Parser {
        Object parse(Entries entries) throws InvalidSettingsException;
    }

    private static PoolSettings parsePool(Entries entries) throws InvalidSettingsException {
        return SettingsParser.parse("www", entries, USER);
    }

    @Test
    void theFormsBelongToTheirConfigurations() throws Exception {
        assertThat(Form.of("dev.hatter.pool").designate().getAttribute("factoryPid"))
                .isEqualTo("dev.hatter.pool");
        assertThat(Form.of("dev.hatter").designate().getAttribute("pid")).isEqualTo("dev.hatter");
    }

    @TestFactory
    Stream<DynamicNode> pool() throws Exception {
        Map<String, String> least = Map.of("listen", "127.0.0.1:9000", "pm", "static", "pm.max_children", "4");
        return checks("dev.hatter.pool", POOL_KEYS, MetatypeTest::parsePool, least);
    }

    @TestFactory
    Stream<DynamicNode> house() throws Exception {
        return checks("dev.hatter", HOUSE_KEYS, HouseSettings::parse, Map.of());
    }

    /** @param least the smallest configuration without a fault */
    private static Stream<DynamicNode> checks(String pid, String heading, Parser parser, Map<String, String> least)
            throws Exception {
        Map<String, Reference.Row> rows = Reference.below(heading);
        Map<String, Form.Field> fields = Form.of(pid).fields();
        Stream<DynamicNode> keys = rows.keySet().stream()
                .filter(key -> !isOpenEnded(key))
                .map(key -> DynamicTest.dynamicTest(
                        key, () -> new Key(key, rows.get(key), fields.get(key), parser, least).check()));
        return Stream.concat(
                Stream.of(
                        DynamicTest.dynamicTest(
                                "the page has the parser's keys",
                                () -> assertThat(new TreeSet<>(rows.keySet())).isEqualTo(known(parser))),
                        DynamicTest.dynamicTest(
                                "the form has no other key",
                                () -> assertThat(rows.keySet()).containsAll(fields.keySet()))),
                keys);
    }

    private static Set<String> known(Parser parser) {
        Entries none = new Entries(Map.of());
        try {
            parser.parse(none);
        } catch (InvalidSettingsException e) {
            // what is missing is asked elsewhere
        }
        return new TreeSet<>(none.known());
    }

    /** A form has a field for each name; these are anybody's. */
    private static boolean isOpenEnded(String key) {
        return key.endsWith("[NAME]");
    }

    @Test
    void theFormSaysWhichKeysItCantHave() throws Exception {
        String text = Form.of("dev.hatter.pool").description();
        assertThat(Reference.below(POOL_KEYS).keySet().stream().filter(MetatypeTest::isOpenEnded))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(text).contains(key));
    }

    private record Key(String name, Reference.Row row, Form.Field field, Parser parser, Map<String, String> least) {
        void check() throws InvalidSettingsException {
            assertThat(field).as("field; to be added: %s", template()).isNotNull();
            assertThat(field.attribute("description")).isEqualTo(row.description());
            assertThat(field.attribute("name")).isEqualTo(name);
            assertThat(field.attribute("required")).isEqualTo(Boolean.toString(row.required()));
            assertThat(field.attribute("default")).as("default").isEqualTo(row.literal());
            checkType();
            checkDefault();
        }

        private String template() {
            return "<AD id=\"" + name + "\" name=\"" + name + "\" type=\"...\" required=\"" + row.required()
                    + "\" description=\"" + row.description() + "\"/>";
        }

        private void checkType() {
            switch (field.attribute("type")) {
                case "Boolean" -> assertThat(row.value()).isEqualTo("flag");
                case "Integer" -> checkRange();
                default -> checkText();
            }
        }

        /** What isn't typed is words: a number's range, or yes and no, would be. */
        private void checkText() {
            assertThat(row.value()).isNotEqualTo("flag").doesNotMatch("-?[0-9]+ (to [0-9]+|or more)");
            if (!field.options().isEmpty()) {
                assertThat(String.join(", ", field.options())).isEqualTo(row.value());
                field.options()
                        .forEach(option ->
                                assertThat(ownFault(option)).as(option).isEmpty());
                assertThat(ownFault("none of them")).isNotEmpty();
            }
        }

        private void checkRange() {
            String min = field.attribute("min");
            String max = field.attribute("max");
            String range = max == null ? min + " or more" : min + " to " + max;
            // listen.backlog has a value of its own below its range
            assertThat(row.value()).isIn(range, min + ", 1 to " + max);
            assertThat(ownFault(min)).isEmpty();
            assertThat(ownFault(Long.toString(Long.parseLong(min) - 1))).isNotEmpty();
            if (max != null) {
                assertThat(ownFault(max)).isEmpty();
                assertThat(ownFault(Long.toString(Long.parseLong(max) + 1))).isNotEmpty();
            }
        }

        /** What the parser says of that value alone, and not of what doesn't go with it. */
        private List<String> ownFault(String value) {
            try {
                parser.parse(with(value));
                return List.of();
            } catch (InvalidSettingsException e) {
                return e.faults().stream()
                        .filter(fault -> fault.startsWith(name + " = "))
                        .filter(fault -> fault.matches(
                                ".*: must be (a whole number|static|enforce|other or|-1 or|last or|answer or).*"))
                        .toList();
            }
        }

        /** To name the default changes nothing, neither as text nor as the typed value that a form stores. */
        private void checkDefault() throws InvalidSettingsException {
            if (row.literal() != null) {
                Object without = parser.parse(new Entries(least));
                assertThat(parser.parse(with(row.literal()))).isEqualTo(without);
                assertThat(parser.parse(with(typed(row.literal())))).isEqualTo(without);
            }
        }

        private Object typed(String value) {
            return switch (field.attribute("type")) {
                case "Boolean" -> Boolean.valueOf(value);
                case "Integer" -> Integer.valueOf(value);
                default -> value;
            };
        }

        private Entries with(Object value) {
            Map<String, Object> configuration = new HashMap<>(least);
            configuration.put(name, value);
            return new Entries(configuration);
        }
    }
}
