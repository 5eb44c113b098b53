// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd at a pool that answers each of them in another way. */
class CrowdTest {
    private static final int CLIENTS = 12;
    private static final String HEAD = "Content-type: text/html\r\n\r\n";
    private static final byte[] END = {1, 3, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    @TempDir
    private Path directory;

    private final List<SocketChannel> open = new ArrayList<>();
    private Backend.Unix listen;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        listen = new Backend.Unix(directory.resolve("s"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(listen.address());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private Crowd.Outcome visit(Duration patience) throws IOException {
        try (Crowd crowd = new Crowd(listen, Map.of("SCRIPT_FILENAME", "/hello.php"), patience)) {
            return crowd.come(CLIENTS, Duration.ofSeconds(1));
        }
    }

    private void serve() {
        try {
            for (int i = 0; i < CLIENTS; i++) {
                SocketChannel channel = server.accept();
                open.add(channel);
                switch (i % 4) {
                    case 0 -> answer(channel, HEAD + "hello", END);
                    case 1 -> answer(channel, "Status: 503 Service Unavailable\r\n" + HEAD + "too many", END);
                    case 2 -> channel.close();
                    default -> answer(channel, HEAD + "hello", new byte[0]); // and no end
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(SocketChannel channel, String page, byte[] end) throws IOException {
        byte[] content = page.getBytes(StandardCharsets.US_ASCII);
        // in pieces, as they may come
        channel.write(ByteBuffer.wrap(new byte[] {1, 6, 0, 1, 0, (byte) content.length, 0}));
        channel.write(ByteBuffer.wrap(new byte[] {0}));
        channel.write(ByteBuffer.wrap(content));
        channel.write(ByteBuffer.wrap(end));
    }

    @Test
    void onlyWholeAndRightAnswersCount() throws Exception {
        CompletableFuture<Void> pool = CompletableFuture.runAsync(this::serve);
        Crowd.Outcome outcome = visit(Duration.ofSeconds(5));
        pool.get();
        assertThat(outcome).isEqualTo(new Crowd.Outcome(CLIENTS, 3, 6, 3, Duration.ofSeconds(1)));
        assertThat(outcome.perSecond(outcome.inTime())).isEqualTo(3);
    }

    @Test
    void whoIsNotAnsweredLeaves() throws IOException {
        assertThat(visit(Duration.ofMillis(50)).left()).isEqualTo(CLIENTS);
    }

    @Test
    void whereNobodyListensAllAreTurnedAway() throws IOException {
        server.close();
        assertThat(visit(Duration.ofSeconds(5)).turnedAway()).isEqualTo(CLIENTS);
    }
}
