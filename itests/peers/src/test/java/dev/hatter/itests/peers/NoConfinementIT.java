// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where the kernel has no AppArmor, a pool that asks for a hat isn't run, and no other is touched by that. Where it has,
 * itests/apparmor-vm tests the same with AppArmor turned off.
 */
class NoConfinementIT {
    private static final Map<String, String> HELLO = Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello");

    private static Pool open;
    private static Pool confined;
    private static Hatter hatter;

    @BeforeAll
    static void start() throws IOException {
        Path enabled = Path.of("/sys/module/apparmor/parameters/enabled");
        assumeFalse(
                Files.exists(enabled) && Files.readString(enabled).startsWith("Y"),
                "SKIPPED: this kernel has AppArmor; itests/apparmor-vm tests it without");
        open = Pool.responder("open", Backend.tcp(), 2);
        confined = Pool.responder("confined", Backend.tcp(), 2).with("apparmor_hat", "www");
        hatter = Hatter.start("no-confinement", open);
    }

    @AfterAll
    static void stop() {
        if (hatter != null) {
            hatter.close();
        }
    }

    private static void assertRefusesConnections(Pool pool) {
        assertThatThrownBy(() -> pool.listen().connect().close())
                .as("something listens on %s", pool.listen())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPoolWithAHatWaitsAndTheOthersServe() throws IOException {
        int workers = hatter.workers().size();
        hatter.write(confined);
        assertThat(hatter.awaitState("confined", "waiting"))
                .contains("apparmor_hat = \"www\"", "needs a confinement service", "dev.hatter.apparmor");
        assertRefusesConnections(confined);
        assertThat(hatter.workers()).hasSize(workers);
        assertThat(FastCgi.ask(open.listen(), HELLO).status()).isEqualTo(200);
        assertThat(hatter.log()).content().contains("AppArmor can't be used, pools with apparmor_hat don't start: ");
        hatter.remove(confined);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hatter.state("confined").isEmpty());
    }

    @Test
    void aRunningPoolThatIsGivenAHatStopsAndComesBackWithoutIt() throws IOException {
        Pool pool = Pool.responder("given", Backend.tcp(), 2);
        hatter.add(pool);
        assertThat(FastCgi.ask(pool.listen(), HELLO).status()).isEqualTo(200);
        hatter.write(pool.with("apparmor_hat", "www"));
        hatter.awaitState("given", "waiting");
        assertRefusesConnections(pool);
        hatter.write(pool.without("apparmor_hat"));
        hatter.awaitState("given", "active");
        assertThat(FastCgi.ask(pool.listen(), HELLO).status()).isEqualTo(200);
        assertThat(FastCgi.ask(open.listen(), HELLO).status()).isEqualTo(200);
    }
}
