// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HatParserTest {
    private final Map<String, Object> keys =
            new HashMap<>(Map.of("listen", "127.0.0.1:9000", "pm", "ondemand", "pm.max_children", "4"));

    private PoolSettings parse() throws InvalidSettingsException {
        return SettingsParser.parse("www", keys, new SettingsParser.Manager(false, Map.of(), null));
    }

    private List<String> faults() {
        return assertThatThrownBy(this::parse)
                .asInstanceOf(type(InvalidSettingsException.class))
                .actual()
                .faults();
    }

    @Test
    void aPoolWithoutAHatHasNone() throws Exception {
        assertThat(parse().launch().hat()).isNull();
        assertThat(parse().run().hats()).isNull();
    }

    @Test
    void aHatIsTheSameForAllRequests() throws Exception {
        keys.put("apparmor_hat", "www");
        Hat hat = parse().launch().hat();
        assertThat(hat.varies()).isFalse();
        assertThat(hat.fixed()).isEqualTo("www");
        assertThat(hat.permissive()).isFalse();
        assertThat(parse().run().hats()).isNull();
    }

    @Test
    void complainingIsAskedForByName() throws Exception {
        keys.put("apparmor_hat", "www");
        keys.put("apparmor_mode", "complain");
        assertThat(parse().launch().hat().permissive()).isTrue();
        keys.put("apparmor_mode", "audit");
        assertThat(faults()).containsExactly("apparmor_mode = \"audit\": must be enforce or complain");
    }

    @Test
    void anEmptyNameIsNotTheSameAsNone() {
        keys.put("apparmor_hat", " ");
        assertThat(faults()).singleElement().asString().startsWith("apparmor_hat = \"\": is empty");
    }

    @Test
    void aModeWithoutAHatIsAMistake() {
        keys.put("apparmor_mode", "complain");
        assertThat(faults()).singleElement().asString().contains("means nothing without apparmor_hat");
    }

    @Test
    void aHatCanComeFromTheRequest() throws Exception {
        keys.put("apparmor_hat", "vhost-%{SERVER_NAME}.x");
        keys.put("apparmor_hat.allowed", "a.example, *.b.example");
        keys.put("apparmor_hat.default", "other");
        keys.put("apparmor_hat.max_children", "2");
        Hat hat = parse().launch().hat();
        assertThat(hat.varies()).isTrue();
        assertThat(hat.parameter()).isEqualTo("SERVER_NAME");
        assertThat(hat.named("a.example")).isEqualTo("vhost-a.example.x");
        assertThat(hat).hasToString("vhost-%{SERVER_NAME}.x");
        assertThat(parse().run().hats()).isEqualTo(new HatRules(List.of("a.example", "*.b.example"), "other", 2));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, true",
        "A.example, false",
        "aXexample, false",
        "x.b.example, true",
        ".b.example, true",
        "x.y.b.example, true",
        "b.example, false",
        "x/.b.example, false",
        "//.b.example, false",
        "'', false"
    })
    void onlyAllowedValuesHaveAHat(String value, boolean allowed) {
        assertThat(new HatRules(List.of("a.example", "*.b.example"), null, 1)
                        .allowing()
                        .test(value))
                .isEqualTo(allowed);
    }

    @Test
    void noPatternLetsThroughWhatCouldLeadToAnotherProfile() {
        HatRules all = new HatRules(List.of("*"), null, 1);
        for (String value : new String[] {"a//b", "a/b", ":ns:", "a b", "a\n", "a\0", "\u00e9", "&x"}) {
            assertThat(all.allowing().test(value)).as(value).isFalse();
        }
    }

    @Test
    void whatRequestsMayNameMustBeListed() {
        keys.put("apparmor_hat", "vhost-%{SERVER_NAME}");
        assertThat(faults()).singleElement().asString().startsWith("apparmor_hat.allowed is missing");
    }

    @Test
    void hatsOfRequestsAreMannedOnDemand() {
        keys.put("apparmor_hat", "vhost-%{SERVER_NAME}");
        keys.put("apparmor_hat.allowed", "*");
        keys.put("pm", "static");
        assertThat(faults()).singleElement().asString().contains("needs pm = ondemand");
    }

    @Test
    void whatBelongsToHatsOfRequestsMeansNothingElsewhere() {
        keys.put("apparmor_hat", "www");
        keys.put("apparmor_hat.allowed", "a");
        keys.put("apparmor_hat.default", "b");
        keys.put("apparmor_hat.max_children", "2");
        assertThat(faults())
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault).contains("apparmor_hat holds no %{PARAMETER}"));
    }

    @Test
    void theShareOfAHatFitsThePool() {
        keys.put("apparmor_hat", "vhost-%{SERVER_NAME}");
        keys.put("apparmor_hat.allowed", "*");
        keys.put("apparmor_hat.max_children", "5");
        assertThat(faults()).singleElement().asString().contains("must be at most pm.max_children (4)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "%{A}%{B}", "%{}", "%{A", "a&b", ":a", "%A"})
    void anythingElseIsNoHat(String hat) {
        keys.put("apparmor_hat", hat);
        assertThat(faults()).anySatisfy(fault -> assertThat(fault).startsWith("apparmor_hat = \"" + hat + "\": "));
    }
}
