// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A link to the real php-cgi, which listens for itself here. */
class PhpCgiTest {
    private static final Path PHP_CGI = Path.of("/usr/bin/php-cgi");

    @TempDir
    Path directory;

    @Test
    void phpAnswers() throws Exception {
        assumeThat(PHP_CGI).as("Debian's php-cgi is installed").isExecutable();
        Path script = Files.writeString(
                directory.resolve("a.php"),
                "<?php echo strlen(file_get_contents('php://input')), ' ', strlen($_SERVER['LONG_5']);");
        Path socket = directory.resolve("php.sock");
        Process php = new ProcessBuilder(PHP_CGI.toString(), "-b", socket.toString())
                .inheritIO()
                .start();
        Transport transport = Transport.best();
        EventLoopGroup group = transport.newGroup(1, Thread::new);
        try {
            await().until(() -> Files.exists(socket));
            EventLoop loop = group.next();
            LinkEvents events = new LinkEvents();
            WorkerLink link = loop.submit(() -> WorkerLink.connect(transport, loop, socket, events))
                    .get();
            loop.execute(link::getValues);
            assertThat(events.events.take()).isEqualTo("connected");
            assertThat(events.events.take()).isEqualTo("values {FCGI_MAX_CONNS=1, FCGI_MAX_REQS=1, FCGI_MPXS_CONNS=0}");
            for (int i = 0; i < 20; i++) {
                WorkerLinkTest.request(loop, link, true, params(script, i * 10_000), "x".repeat(i * 10_000));
                assertThat(events.answer()).endsWith("\r\n\r\n" + i * 10_000 + " 20000|end 0 REQUEST_COMPLETE");
            }
            loop.submit(link::close).get();
        } finally {
            php.destroyForcibly().waitFor();
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    /** More than one record of them, so that php-cgi would hang up if a pair were cut. */
    private static Map<String, String> params(Path script, int length) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            params.put("LONG_" + i, "v".repeat(20_000));
        }
        params.put("SCRIPT_FILENAME", script.toString());
        params.put("REQUEST_METHOD", "POST");
        params.put("CONTENT_TYPE", "text/plain");
        params.put("CONTENT_LENGTH", Integer.toString(length));
        params.put("REDIRECT_STATUS", "200");
        return params;
    }
}
