// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a script flushes reaches its client while the script runs. The script goes on only when the client has made a file
 * that says it has the piece, so no clock is in it: pieces that are held back stop both.
 */
@Timeout(60)
class PiecesTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");
    private static final int PIECES = 5;

    /** Says "late" where the client's file didn't come within 10 s. */
    private static final String SCRIPT = """
            <?php
            while (ob_get_level() > 0) {
                ob_end_clean();
            }
            function piece($i) {
                echo $i, ':', str_repeat('x', (int) $_GET['size']), "\\n";
                flush();
                for ($n = 0; $n < 1000 && !file_exists(__DIR__ . "/{$_GET['mark']}.$i"); $n++) {
                    usleep(10000);
                    clearstatcache();
                }
                if ($n == 1000) {
                    echo "late\\n";
                }
            }
            for ($i = 0; $i < 5; $i++) {
                piece($i);
            }
            echo 'done ', strlen(file_get_contents('php://input')), "\\n";
            """;

    @TempDir
    Path directory;

    private TestPool pool;
    private String script;

    @BeforeAll
    static void phpCgiIsInstalled() {
        assumeTrue(Files.isExecutable(PHP_CGI), "SKIPPED: " + PHP_CGI + " isn't installed");
    }

    @BeforeEach
    void open() throws Exception {
        pool = new TestPool(
                directory, Map.of("pm", "static", "pm.max_children", "1", "command", PHP_CGI.toString()), () -> null);
        script = Files.writeString(directory.resolve("pieces.php"), SCRIPT).toString();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private String uri(String mark, int size) {
        return script + "?mark=" + mark + "&size=" + size;
    }

    private void takePieces(TestClient client, int id, String mark, int size) throws Exception {
        for (int i = 0; i < PIECES; i++) {
            String piece = i + ":" + "x".repeat(size) + "\n";
            client.awaitUntil(id, answer -> answer.stdout.indexOf(piece) >= 0);
            Files.createFile(directory.resolve(mark + "." + i));
        }
        assertThat(client.await(id).stdout.toString()).contains("done ").doesNotContain("late");
        assertThat(client.await(id).ended).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70_000})
    void eachPieceComesWhenItWasFlushed(int size) throws Exception {
        pool.start();
        try (TestClient client = new TestClient(pool.socket())) {
            client.send(1, uri("one", size));
            takePieces(client, 1, "one", size);
            // the same on the connection that was kept, to a worker's connection that was kept
            client.send(2, uri("two", size));
            takePieces(client, 2, "two", size);
        }
    }

    @Test
    void piecesOfRequestsThatShareAConnection() throws Exception {
        pool.start("worker.concurrency", "2", "pm.max_children", "2");
        try (TestClient client = new TestClient(pool.socket())) {
            client.send(1, uri("one", 1));
            client.send(2, uri("two", 1));
            takePieces(client, 2, "two", 1);
            takePieces(client, 1, "one", 1);
        }
    }

    @Test
    void piecesOfARequestWhoseBodyCameBeforeItHadAWorker() throws Exception {
        pool.start("pm", "ondemand");
        try (TestClient client = new TestClient(pool.socket())) {
            client.sendBegin(1, uri("one", 1), 1000);
            client.sendBody(1, new byte[1000]);
            client.sendBodyEnd(1);
            await().until(() -> pool.snapshot().requests() == 1);
            takePieces(client, 1, "one", 1);
            assertThat(client.await(1).stdout).contains("done 1000");
        }
    }
}
