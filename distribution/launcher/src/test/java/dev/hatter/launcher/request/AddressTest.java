// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9000, /127.0.0.1:9000",
        "9000, /127.0.0.1:9000",
        "'[::1]:9000', '/[0:0:0:0:0:0:0:1]:9000'",
        "/run/www.sock, /run/www.sock",
        "unix:/run/www.sock, /run/www.sock"
    })
    void takesPhpFpmsForms(String text, String expected) throws UsageException {
        assertThat(Address.parse(text).socketAddress()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":9000", "127.0.0.1:65536", "::1:9000", "relative/path", "1:2:3"})
    void refusesOthersByName(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("address \"" + text + "\": must be");
    }
}
