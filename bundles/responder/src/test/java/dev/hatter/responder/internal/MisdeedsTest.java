// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the responder does when it is asked to misbehave, and how it ends. */
@Timeout(60)
class MisdeedsTest {
    @TempDir
    Path directory;

    @Test
    void crashes() throws Exception {
        try (Responder responder = Responder.onUnix(directory);
                Client client = responder.connect()) {
            client.get("/crash", "code=7", false);
            assertThat(client.rest()).isEmpty();
            assertThat(responder.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void isKilled() throws Exception {
        try (Responder responder = Responder.onUnix(directory);
                Client client = responder.connect()) {
            client.get("/kill", "", false);
            assertThat(responder.exitCode()).isEqualTo(128 + 9);
        }
    }

    @Test
    void breaksTheProtocolInEachWayAndLivesOn() throws Exception {
        try (Responder responder = Responder.onTcp(directory)) {
            assertThat(restOf(responder, "/garbage", "bytes=20")).hasSize(20).containsOnly('!');
            assertThat(restOf(responder, "/hangup", "")).isEmpty();
            String truncated = new String(restOf(responder, "/truncate", ""), StandardCharsets.ISO_8859_1);
            assertThat(truncated)
                    .contains("Content-Length: 100", "x".repeat(50))
                    .doesNotContain("x".repeat(51));
            try (Client client = responder.connect()) {
                client.get("/noend", "", true);
                assertThat(client.receive().content()).asString().contains("no end");
                assertThat(client.receive().content()).as("end of FCGI_STDOUT").isEmpty();
            }
        }
    }

    private static byte[] restOf(Responder responder, String path, String query) throws IOException {
        try (Client client = responder.connect()) {
            return client.get(path, query, true).rest();
        }
    }

    @Test
    void floodsBothErrorStreams() throws Exception {
        try (Responder responder = Responder.onUnix(directory);
                Client client = responder.connect()) {
            assertThat(client.get("/stderr", "bytes=150000", true).answer().body())
                    .isEqualTo("wrote 150000 bytes\n");
            assertThat(Files.size(responder.stderr)).isEqualTo(150_000);
            assertThat(client.get("/fcgi-stderr", "bytes=150000", true).answer().stderr())
                    .hasSize(150_000);
        }
    }

    @Test
    void isPoliteWhenToldSo() throws Exception {
        try (Responder responder = Responder.onUnix(directory, "--polite");
                Client client = responder.connect()) {
            assertThat(client.get("/crash", "", true).answer().stdout()).startsWith("Status: 403");
            assertThat(client.get("/hello", "", true).answer().stdout()).startsWith("Status: 200");
        }
    }

    @Test
    void diesAtStart() throws Exception {
        try (Responder responder = Responder.onUnix(directory, "--die", "3")) {
            assertThat(responder.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void isDeaf() throws Exception {
        try (Responder responder = Responder.onUnix(directory, "--deaf");
                Client client = responder.connect()) {
            client.get("/hello", "", false);
            responder.awaitSignals();
            responder.process.destroy();
            assertThat(responder.exitCode())
                    .as("ends by TERM, without an answer")
                    .isEqualTo(128 + 15);
            assertThatThrownBy(client::receive).isInstanceOfAny(EOFException.class, java.net.SocketException.class);
        }
    }

    @Test
    void finishesRequestsOnTermAndDropsIdleConnections() throws Exception {
        try (Responder responder = Responder.onUnix(directory);
                Client idle = responder.connect();
                Client busy = responder.connect()) {
            idle.get("/", "plain", true).answer();
            busy.post("/echo", "text/plain").send(5, 1, new byte[65_535]);
            assertThat(busy.receive().type()).as("its answer has begun").isEqualTo(Fcgi.STDOUT);
            responder.process.destroy();
            assertThat(idle.rest()).isEmpty();
            assertThat(busy.send(5, 1, new byte[0]).answer().appStatus()).isZero();
            assertThat(responder.exitCode()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongAtStart() throws Exception {
        try (Responder responder = Responder.onUnix(directory, "--connections", "0")) {
            assertThat(responder.exitCode()).isEqualTo(64);
            await().untilAsserted(() -> assertThat(responder.stderr)
                    .content()
                    .isEqualTo("responder: --connections \"0\": must be a number from 1 to 1024\n"));
        }
    }
}
