// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The demo pool, which the features bring. */
final class Demo {
    private static final Backend ADDRESS = new Backend.Tcp(9000);
    private static final Map<String, String> HELLO =
            Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello", "QUERY_STRING", "plain");

    private Demo() {}

    static Path file(Karaf karaf) {
        return karaf.file("etc/dev.hatter.pool-demo.cfg");
    }

    static void mustNotBeServedByOthers() {
        assertThat(isServed()).as("whether somebody else is at %s", ADDRESS).isFalse();
    }

    static boolean isServed() {
        try {
            FastCgi.Answer answer = FastCgi.ask(ADDRESS, HELLO);
            return answer.status() == 200 && answer.body().startsWith("Hello from");
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits also while Karaf fetches what it installs. */
    static void awaitServed() {
        await("demo pool").atMost(Duration.ofSeconds(90)).until(Demo::isServed);
    }
}
