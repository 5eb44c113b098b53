// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the responder does when it behaves, over a real socket. */
@Timeout(60)
class ResponderTest {
    @TempDir
    static Path directory;

    private static Responder responder;

    @BeforeAll
    static void start() throws IOException {
        responder = Responder.onUnix(directory);
    }

    @AfterAll
    static void end() throws InterruptedException {
        responder.close();
    }

    @Test
    void showsWhatItReceived() throws IOException {
        try (Client client = responder.connect()) {
            String page = client.get("/hello", "plain&x=1", false).answer().stdout();
            assertThat(page).startsWith("Status: 200\r\nContent-Type: text/plain");
            assertThat(page).contains("method = GET\n", "uri = /hello\n", "QUERY_STRING = plain&x=1\n");
            assertThat(page).contains("pid = " + responder.process.pid() + "\n");
        }
    }

    @Test
    void escapesWhatItShows() throws IOException {
        try (Client client = responder.connect()) {
            String page = client.get("/<script>", "a\"b'c&d", false).answer().stdout();
            assertThat(page).contains("/&lt;script&gt;", "a&quot;b&#39;c&amp;d").doesNotContain("<script>");
        }
    }

    @Test
    void keepsTheConnectionWhenAsked() throws IOException {
        try (Client client = responder.connect()) {
            long first = number(client.get("/", "plain", true).answer());
            long second = number(client.get("/", "plain", true).answer());
            assertThat(second).isGreaterThan(first);
            client.get("/", "plain", false).answer();
            assertThat(client.rest()).as("closed without FCGI_KEEP_CONN").isEmpty();
        }
    }

    private static long number(Client.Answer answer) {
        return Long.parseLong(answer.body()
                .lines()
                .filter(line -> line.startsWith("request = "))
                .findFirst()
                .orElseThrow()
                .substring(10));
    }

    @Test
    void echoesABodyWhileItStillComes() throws IOException {
        try (Client client = responder.connect()) {
            client.post("/echo", "image/png").send(5, 1, new byte[200_000 / 4]).send(5, 1, new byte[50_000]);
            FcgiRecord first = client.receive();
            assertThat(new String(first.content(), StandardCharsets.ISO_8859_1)).contains("Content-Type: image/png");
            client.send(5, 1, new byte[30_000]).send(5, 1, new byte[0]);
            int rest = client.answer().bytes().length;
            assertThat(first.content().length + rest)
                    .isEqualTo(130_000 + "Status: 200\r\n".length() + "Content-Type: image/png\r\n\r\n".length());
        }
    }

    @Test
    void letsNoHeaderInThroughTheContentType() throws IOException {
        try (Client client = responder.connect()) {
            String answer = client.post("/echo", "a/b\r\nSet-Cookie: x")
                    .send(5, 1, new byte[0])
                    .answer()
                    .stdout();
            assertThat(answer)
                    .contains("Content-Type: application/octet-stream")
                    .doesNotContain("Set-Cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 250, 251, 65_535, 65_536, 3_000_000})
    void downloads(int bytes) throws IOException {
        try (Client client = responder.connect()) {
            Client.Answer answer =
                    client.get("/download", "bytes=" + bytes, false).answer();
            byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(answer.stdout()).startsWith("Content-Length: " + bytes + "\r\n");
            assertThat(body).hasSize(bytes);
            for (int i = 0; i < bytes; i++) {
                if (body[i] != (byte) (i % 251)) {
                    throw new AssertionError("byte " + i + " is " + body[i]);
                }
            }
        }
    }

    @Test
    void sumsABodyUp() throws IOException {
        try (Client client = responder.connect()) {
            client.post("/checksum", "text/plain").send(5, 1, "abc".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.send(5, 1, new byte[0]).answer().body())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3\n");
        }
    }

    @Test
    void answersGetValues() throws IOException {
        try (Client client = responder.connect()) {
            byte[] asked = HexFormat.of().parseHex("0e00464347495f4d41585f434f4e4e53" + "0100" + "58");
            FcgiRecord result = client.send(9, 0, asked).receive();
            assertThat(result.type()).isEqualTo(10);
            assertThat(Pairs.decode(result.content())).isEqualTo(Map.of("FCGI_MAX_CONNS", "64"));
        }
    }

    @Test
    void answersAnUnknownManagementRecord() throws IOException {
        try (Client client = responder.connect()) {
            FcgiRecord result = client.send(77, 0, new byte[3]).receive();
            assertThat(result.type()).isEqualTo(11);
            assertThat(result.content()).startsWith(77).hasSize(8);
        }
    }

    @Test
    void honoursAnAbortWhileItSleeps() throws IOException {
        try (Client client = responder.connect()) {
            client.get("/slow", "ms=600000", true).send(2, 1, new byte[0]);
            assertThat(client.answer().appStatus()).isEqualTo(1);
            assertThat(client.get("/", "plain", true).answer().protocolStatus()).isZero();
        }
    }

    @Test
    void refusesASecondRequestOnTheSameConnection() throws IOException {
        try (Client client = responder.connect()) {
            client.get("/slow", "ms=600000", true).begin(2, 1, true);
            FcgiRecord refusal = client.receive();
            assertThat(refusal.type()).isEqualTo(3);
            assertThat(refusal.id()).isEqualTo(2);
            assertThat(refusal.unsigned(4)).isEqualTo(Fcgi.CANT_MPX_CONN);
        }
    }

    @Test
    void refusesAnotherRole() throws IOException {
        try (Client client = responder.connect()) {
            assertThat(client.begin(1, 2, false).answer().protocolStatus()).isEqualTo(Fcgi.UNKNOWN_ROLE);
        }
    }

    @Test
    void servesConnectionsAtOnce() throws IOException {
        try (Client slow = responder.connect();
                Client quick = responder.connect()) {
            slow.get("/never", "", true);
            assertThat(quick.get("/", "plain", false).answer().body()).contains("Hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ms=x", "ms=-1", "ms=99999999999999999999"})
    void refusesABadNumber(String query) throws IOException {
        try (Client client = responder.connect()) {
            assertThat(client.get("/slow", query, false).answer().stdout())
                    .startsWith("Status: 400\r\n")
                    .contains("must be a number from 0 to 86400000");
        }
    }

    @Test
    void closesOnWhatIsNoFastCgi() throws IOException {
        try (Client client = responder.connect()) {
            client.send(1, 1, new byte[3]);
            assertThat(client.rest()).isEmpty();
        }
    }
}
