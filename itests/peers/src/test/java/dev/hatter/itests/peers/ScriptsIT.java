// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may run (security.limit_extensions): the picture that somebody uploaded with PHP inside never does. */
class ScriptsIT {
    private static Scratch scratch;
    private static Path site;
    private static Path executed;
    private static Backend listen;
    private static Hatter hatter;

    @BeforeAll
    static void start() throws IOException {
        scratch = Scratch.create();
        site = Application.site(scratch);
        executed = scratch.writable("marks").resolve("executed");
        String evil = "<?php file_put_contents('" + executed + "', 'x'); echo 'EXECUTED';";
        scratch.write("www/pic.jpg", evil);
        scratch.write("www/UPPER.PHP", evil);
        scratch.write("www/plain", evil);
        scratch.directory("www/dir.php");
        scratch.write("www/dir.php/pic.jpg", evil);
        listen = Backend.tcp();
        hatter = Hatter.start("scripts", Pool.php("php", listen, 2));
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    private static FastCgi.Answer ask(String path) throws IOException {
        return ask("", path);
    }

    private static FastCgi.Answer ask(String prefix, String path) throws IOException {
        return FastCgi.ask(
                listen,
                Map.of(
                        "REQUEST_METHOD",
                        "GET",
                        "SCRIPT_FILENAME",
                        prefix + site + path,
                        "SCRIPT_NAME",
                        path,
                        "QUERY_STRING",
                        ""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/pic.jpg, 403",
        "/pic.jpg/x.php, 403",
        "/pic.jpg/x/y.php, 403",
        "/pic.jpg//x.php, 403",
        "//pic.jpg/x.php, 403",
        "/./pic.jpg/x.php, 403",
        "/pic.jpg/./x.php, 403",
        "/pic.jpg/.php, 403",
        "/dir.php/pic.jpg, 403",
        "/dir.php/pic.jpg/x.php, 403",
        "/UPPER.PHP, 403",
        "/UPPER.PHP/x.php, 403",
        "/plain, 403",
        "/plain/x.php, 403",
        "/dir.php, 404",
        "/absent.php, 404",
        "/absent.php/x.php, 404",
        "/dir.php/../pic.jpg/x.php, 404",
        "/pic.jpg/../x.php, 404",
    })
    void isRefused(String path, int status) throws IOException {
        FastCgi.Answer answer = ask(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.stdout()).doesNotContain("EXECUTED");
        assertThat(executed).doesNotExist();
    }

    @Test
    void aNulEndsNoName() throws IOException {
        for (String path : new String[] {"/pic.jpg\0.php", "/pic.jpg/\0x.php", "/app.php\0.jpg"}) {
            assertThat(ask(path).status())
                    .as("status of %s", path.replace("\0", "\\0"))
                    .isIn(400, 403, 404);
        }
        assertThat(executed).doesNotExist();
    }

    @Test
    void aLinkToAPictureIsNoScriptByItsTarget() throws IOException {
        Files.createSymbolicLink(site.resolve("link.jpg"), site.resolve("app.php"));
        assertThat(ask("/link.jpg").status()).isEqualTo(403);
        assertThat(ask("/link.jpg/app.php").status()).isEqualTo(403);
    }

    @Test
    void whatFollowsAScriptIsItsPathInfo() throws IOException {
        FastCgi.Answer answer = ask("proxy:fcgi://localhost:9000", "/app.php/extra/more.jpg"); // as Apache sends it
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("PATH_INFO = /extra/more.jpg\n")
                .contains("SCRIPT_FILENAME = " + site.resolve("app.php") + "\n")
                .contains("SCRIPT_NAME = /app.php\n");
    }

    @Test
    void sameThroughNginx() {
        try (FrontServer.Front front = new Nginx().start(new FrontServer.Site(site, listen))) {
            for (String path : new String[] {"/pic.jpg/x.php", "/pic.jpg/%00.php", "/pic.jpg//x.php"}) {
                assertThat(Http.get(front.uri(path)).statusCode())
                        .as("status of %s", path)
                        .isIn(400, 403, 404);
            }
            assertThat(Http.get(front.uri("/app.php/extra?plain")).body()).contains("PATH_INFO = /extra\n");
        }
        assertThat(executed).doesNotExist();
    }
}
