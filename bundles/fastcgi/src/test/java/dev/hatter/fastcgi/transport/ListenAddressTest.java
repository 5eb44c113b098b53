// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "9000, 9000",
        "09000, 9000",
        "127.0.0.1:9000, 127.0.0.1:9000",
        "LocalHost:1, localhost:1",
        "php-1.example.org:65535, php-1.example.org:65535",
        "[::1]:9000, [::1]:9000",
        "[0:0:0:0:0:0:0:1]:9000, [::1]:9000",
        "[::]:9000, [::]:9000",
        "[2001:DB8::1]:9000, [2001:db8::1]:9000",
        "/run/php/www.sock, /run/php/www.sock",
    })
    void takesPhpFpmsForms(String listen, String canonical) {
        ListenAddress address = ListenAddress.parse(listen);
        assertThat(address).hasToString(canonical);
        assertThat(ListenAddress.parse(canonical)).isEqualTo(address).hasSameHashCodeAs(address);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is no port",
        "0, \"0\" is no port: 1 to 65535",
        "65536, 1 to 65535",
        "127.0.0.1:, is no port",
        "127.0.0.1:-1, is no port",
        "127.0.0.1:+80, is no port",
        "127.0.0.1:٣, is no port",
        "127.0.0.1: 80, is no port",
        "99999999999, is no port",
        "300.1.1.1:80, neither an IPv4 address nor a host name",
        "1.2.3:80, neither an IPv4 address nor a host name",
        ":80, neither an IPv4 address nor a host name",
        "a b:80, neither an IPv4 address nor a host name",
        "::1:80, needs brackets",
        "[::g]:80, is no IPv6 address",
        "[127.0.0.1]:80, is no IPv6 address",
        "[fe80::1%eth0]:80, is no IPv6 address",
        "[]:80, is no IPv6 address",
        "www.sock, is no port",
        "/, ends with the socket's name",
        "/run/, ends with the socket's name",
    })
    void refusesTheRest(String listen, String why) {
        assertThatThrownBy(() -> ListenAddress.parse(listen))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listen = \"" + listen + "\"")
                .hasMessageContaining(why);
    }

    @Test
    void aPathHas107BytesAtMost() {
        ListenAddress.parse("/" + "p".repeat(106));
        assertThatThrownBy(() -> ListenAddress.parse("/" + "p".repeat(107)))
                .hasMessageContaining("108 bytes")
                .hasMessageContaining("107");
        assertThatThrownBy(() -> ListenAddress.parse("/" + "ä".repeat(54))).hasMessageContaining("109 bytes");
        assertThatThrownBy(() -> ListenAddress.parse("/a\0b")).hasMessageContaining("zero byte");
    }

    @Test
    void hasItsParts() throws Exception {
        assertThat(ListenAddress.parse("[::1]:9").host()).isEqualTo("::1");
        assertThat(ListenAddress.parse("9").host()).isNull();
        assertThat(ListenAddress.parse("9").port()).isEqualTo(9);
        assertThat(ListenAddress.parse("/a/b").path()).isEqualTo(Path.of("/a/b"));
        assertThat(ListenAddress.parse("/a/b").isUnix()).isTrue();
        assertThat(ListenAddress.ephemeral(InetAddress.getByName("::1"))).hasToString("[::1]:0");
        assertThat(ListenAddress.parse("127.0.0.1:9")).isNotEqualTo(ListenAddress.parse("9"));
    }
}
