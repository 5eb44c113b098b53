// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Caddy;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.RewritingApache;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.peers.harness.UnsplitNginx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A path that goes on behind a script's name, whatever the web server makes of it: the picture there never runs. */
class PathInfoIT {
    private static Scratch scratch;
    private static Path site;
    private static Path executed;
    private static Hatter hatter;
    private static final Backend[] POOLS = new Backend[2];

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = scratch.directory("www");
        executed = scratch.writable("marks").resolve("executed");
        scratch.write("www/uploads/evil.jpg", "<?php file_put_contents('" + executed + "', 'x'); echo 'EXECUTED';");
        scratch.write("www/index.php", "<?php echo __FILE__, '|', $_SERVER['PATH_INFO'] ?? '';");
        scratch.write("www/.rules", "RewriteEngine On\nRewriteRule ^api/(.*)$ index.php/$1 [L]\n");
        POOLS[0] = Backend.tcp();
        POOLS[1] = Backend.tcp();
        hatter = Hatter.start("path-info", pool("old", 0), pool("new", 1));
    }

    private static Pool pool(String name, int fixPathInfo) {
        Pool php = Pool.php(name, POOLS[fixPathInfo], 1);
        return php.with("php_admin_value[cgi.fix_pathinfo]", fixPathInfo);
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    static Stream<Arguments> fronts() {
        return Stream.of(new Nginx(), new UnsplitNginx(), new Apache(), new RewritingApache(), new Caddy())
                .flatMap(server -> Stream.of(0, 1).map(fix -> Arguments.of(server, fix)));
    }

    @ParameterizedTest(name = "{0}, cgi.fix_pathinfo = {1}")
    @MethodSource("fronts")
    void thePictureDoesNotRun(FrontServer server, int fixPathInfo) {
        try (FrontServer.Front front = server.start(new FrontServer.Site(site, POOLS[fixPathInfo]))) {
            // as with php-fpm: a web server that doesn't split it off sends none, and so there is none
            String pathInfo = server instanceof UnsplitNginx ? "" : "/uploads/evil.jpg";
            assertRunsTheScript(front, "/index.php/uploads/evil.jpg", pathInfo);
            if (server instanceof RewritingApache) {
                assertRunsTheScript(front, "/api/uploads/evil.jpg", pathInfo);
            }
        }
        assertThat(executed).doesNotExist();
    }

    /** Twice, as what was found is remembered. */
    private static void assertRunsTheScript(FrontServer.Front front, String path, String pathInfo) {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = Http.get(front.uri(path));
            assertThat(answer.statusCode())
                    .as("status of %s; %s", path, front.log())
                    .isEqualTo(200);
            assertThat(answer.body()).isEqualTo(site.resolve("index.php") + "|" + pathInfo);
        }
    }
}
