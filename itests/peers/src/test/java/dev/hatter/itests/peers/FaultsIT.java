// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Client;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that can't be: nothing of it is started, one message says all that is wrong, and no other pool notices. */
class FaultsIT {
    private static final Map<String, String> HELLO = Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello");

    private static Backend good;
    private static Hatter hatter;
    private static int number;

    private Client others;
    private Pool bad;

    @BeforeAll
    static void start() {
        good = Backend.tcp();
        hatter = Hatter.start("faults", Pool.responder("good", good, 2));
    }

    @AfterAll
    static void stop() {
        try (Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    @BeforeEach
    void load() {
        bad = Pool.responder("bad" + ++number, Backend.tcp(), 2);
        others = Client.start(good, 4);
    }

    @AfterEach
    void noOtherPoolNotices() {
        others.awaitMore(100);
        others.close();
        Logs.say("      %s; %d requests of another pool meanwhile", hatter.state(bad.name()), others.served());
        hatter.remove(bad);
    }

    @Test
    void aMisspeltKey() {
        refused(bad.without("pm.max_children").with("pm.max_childrn", "2"), "pm.max_childrn = \"2\"", "did you mean");
    }

    @Test
    void aBadValue() {
        refused(bad.with("pm.max_requests", "many"), "pm.max_requests = \"many\"", "must be");
    }

    @Test
    void allFaultsAtOnce() {
        refused(
                bad.with("pm.max_childrn", "2")
                        .with("pm", "dynamical")
                        .with("request_terminate_timeout", "soon")
                        .with("listen.mode", "999")
                        .with("security.limit_extensions", "php"),
                "pm.max_childrn = \"2\"",
                "pm = \"dynamical\"",
                "request_terminate_timeout = \"soon\"",
                "listen.mode = \"999\"",
                "security.limit_extensions = \"php\"");
    }

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            refusedButListening(bad.with("listen", listen), "listen = \"" + listen + "\"", "in use");
        }
    }

    @Test
    void aMissingUser() {
        assumeTrue(Machine.isRoot(), "SKIPPED: only root can give workers another user");
        refused(bad.with("user", "no-such-user"), "user = \"no-such-user\"", "no-such-user");
    }

    @Test
    void aMissingProgramAndAMissingDirectory() {
        refused(
                bad.with("command", "/no/such/program --its=option").with("chdir", "/no/such/directory"),
                "command = \"/no/such/program",
                "chdir = \"/no/such/directory\"");
    }

    @Test
    void aCorrectedPoolStarts() throws IOException {
        refused(bad.with("pm.max_requests", "many"), "pm.max_requests");
        hatter.add(bad.without("pm.max_requests"));
        assertThat(FastCgi.ask(bad.listen(), HELLO).status()).isEqualTo(200);
    }

    @Test
    void aRunningPoolGoesOnWithWhatItHas() throws IOException {
        hatter.add(bad);
        hatter.write(bad.with("pm.max_children", "0"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hatter.state(bad.name()), state -> state.contains("pm.max_children = \"0\""));
        assertThat(hatter.state(bad.name())).startsWith("active").contains("refused");
        assertThat(FastCgi.ask(bad.listen(), HELLO).status()).isEqualTo(200);
        bad.with("pm.max_children", "2");
    }

    private void refused(Pool pool, String... named) {
        refusedButListening(pool, named);
        assertThatThrownBy(() -> pool.listen().connect().close())
                .as("something listens on %s", pool.listen())
                .isInstanceOf(IOException.class);
    }

    private void refusedButListening(Pool pool, String... named) {
        int workers = hatter.workers().size();
        hatter.write(pool);
        assertThat(hatter.awaitState(pool.name(), "refused")).contains(named);
        assertThat(hatter.workers()).as("workers of a refused pool").hasSize(workers);
        assertThat(messages(pool))
                .as("messages in the log")
                .singleElement()
                .satisfies(message -> assertThat(message).contains(named));
    }

    private static List<String> messages(Pool pool) {
        return Logs.read(hatter.log())
                .lines()
                .filter(line -> line.contains("[pool " + pool.name() + "]"))
                .toList();
    }
}
