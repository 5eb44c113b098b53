// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void splitsAtBlanks() {
        assertThat(CommandLine.split("  php-cgi -d\ta=b ")).containsExactly("php-cgi", "-d", "a=b");
    }

    @Test
    void keepsWhatIsQuoted() {
        assertThat(CommandLine.split("'/a b/php' -d \"x='1 2'\" \"\" a'b c'd"))
                .containsExactly("/a b/php", "-d", "x='1 2'", "", "ab cd");
    }

    @Test
    void knowsNoEscapesAndExpandsNothing() {
        assertThat(CommandLine.split("a\\ b $HOME *")).containsExactly("a\\", "b", "$HOME", "*");
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> CommandLine.split("php 'x")).hasMessage("the quote ' isn't closed");
    }
}
