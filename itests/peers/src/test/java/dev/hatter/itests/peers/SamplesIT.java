// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Beside;
import dev.hatter.itests.peers.harness.Caddy;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.H2o;
import dev.hatter.itests.peers.harness.HaProxy;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Jetty;
import dev.hatter.itests.peers.harness.Lighttpd;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.peers.harness.SlowUpload;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What who takes a sample as it is would otherwise notice last: sources sent out, logins that fail, uploads that stop all. */
class SamplesIT {
    private static final int WORKERS = 5;
    private static final int UPLOADS = WORKERS + 1;
    private static final int UPLOADED = 50;
    private static final String SOURCE = "Who can read this";

    /** Scripts, by any name that PHP has one under, and such without a name. */
    private static final List<String> SCRIPTS = List.of(
            "index.php",
            "s.php",
            "s.phar",
            "s.phtml",
            "s.phps",
            ".php",
            ".phar",
            ".phtml",
            ".phps",
            "dir/index.php",
            "dir/.php",
            "dir.php/s.phtml");
    /** What visitors put behind a script's name, in the hope that the web server takes it for a file then. */
    private static final List<String> ENDINGS = List.of(
            "",
            "/",
            "/more",
            "/more/s.txt",
            "/.php",
            "//",
            "/..%2f",
            "%00",
            "%00.txt",
            "%20",
            "%2f",
            "%5c",
            "%0a",
            ".",
            ";",
            ";a=b",
            "?",
            "?s.txt",
            "%3f",
            "%23",
            "~",
            "/%2e%2e/s.phar");
    /** And before it. */
    private static final List<String> BEGINNINGS = List.of("/", "//", "/./", "/dir/../", "/dir%2f..%2f", "/%2e/");

    private static final Beside BESIDE = new Beside();

    private static Scratch scratch;
    private static Hatter hatter;
    private static Map<Sample, Future<FrontServer.Front>> fronts;

    /** Which there are, and whether uploads stream through them to the pool, which has to collect them then. */
    enum Sample {
        NGINX(new Nginx(), false),
        APACHE(new Apache(), true),
        LIGHTTPD(new Lighttpd(), false),
        CADDY(new Caddy(), true),
        HAPROXY(new HaProxy(), true),
        H2O(new H2o(), false),
        JETTY(new Jetty(), true);

        private final FrontServer server;
        private final boolean uploadsStream;

        Sample(FrontServer server, boolean uploadsStream) {
            this.server = server;
            this.uploadsStream = uploadsStream;
        }

        private FrontServer.Front front() {
            return Beside.await(fronts.get(this));
        }
    }

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        Path site = Application.site(scratch);
        SCRIPTS.forEach(script -> scratch.site("script.php", "www/" + script));
        Backend plain = Backend.tcp();
        Backend collecting = Backend.tcp();
        hatter = Hatter.start(
                "samples",
                Pool.php("plain", plain, WORKERS),
                Pool.php("collecting", collecting, WORKERS).with("request_body_buffer", "1M"));
        fronts = new EnumMap<>(Sample.class);
        for (Sample sample : Sample.values()) {
            var served = new FrontServer.Site(site, sample.uploadsStream ? collecting : plain);
            fronts.put(sample, BESIDE.start(() -> sample.server.start(served)));
        }
    }

    @AfterAll
    static void stop() {
        List<AutoCloseable> open = new ArrayList<>();
        fronts.values().forEach(front -> open.add(() -> Beside.await(front).close()));
        open.addAll(List.of(hatter, BESIDE, scratch));
        Logs.say("stopping");
        Beside.closeAll(open);
    }

    @ParameterizedTest
    @EnumSource
    void noSourceIsEverSent(Sample sample) {
        FrontServer.Front front = sample.front();
        for (String script : SCRIPTS) {
            for (String ending : ENDINGS) {
                isNoSource(front, "/" + script + ending);
            }
            for (String beginning : BEGINNINGS) {
                isNoSource(front, beginning + script);
            }
            isNoSource(front, "/" + script.replace(".p", "%2ep").replace("ph", "%70%68"));
        }
        isNoSource(front, "/");
        isNoSource(front, "/dir/");
        isNoSource(front, "/dir");
    }

    private static void isNoSource(FrontServer.Front front, String path) {
        HttpResponse<String> answer = Http.get(front.uri(path));
        assertThat(answer.body())
                .as("body of %s, status %d", path, answer.statusCode())
                .doesNotContain(SOURCE);
    }

    @ParameterizedTest
    @EnumSource
    void scriptsRunAsPhpFpmRunsThem(Sample sample) {
        FrontServer.Front front = sample.front();
        for (String script : List.of("s.php", "s.phar", "dir/index.php")) {
            String name = script.substring(script.lastIndexOf('/') + 1);
            assertThat(Http.get(front.uri("/" + script)).body()).startsWith("ran " + name + "\n");
            assertThat(Http.get(front.uri("/" + script + "/more")).body())
                    .startsWith("ran " + name + "\n")
                    .contains("PATH_INFO = /more\n");
        }
        // security.limit_extensions
        for (String script : List.of("s.phtml", "s.phps")) {
            assertThat(Http.get(front.uri("/" + script)).statusCode())
                    .as("status of %s", script)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAuthorizationArrives(Sample sample) {
        FrontServer.Front front = sample.front();
        if (sample == Sample.JETTY) { // as the sample says, until a version of Jetty does otherwise
            assertThat(Http.get(front.uri("/s.php"), "Authorization", "Bearer a.b-c")
                            .body())
                    .contains("HTTP_AUTHORIZATION = \n");
            return;
        }
        assertThat(Http.get(front.uri("/s.php"), "Authorization", "Basic dXNlcjpzZWNyZXQ=")
                        .body())
                .contains("PHP_AUTH_USER = user\n", "PHP_AUTH_PW = secret\n")
                .contains("HTTP_AUTHORIZATION = Basic dXNlcjpzZWNyZXQ=\n");
        assertThat(Http.get(front.uri("/s.php"), "Authorization", "Bearer a.b-c")
                        .body())
                .contains("HTTP_AUTHORIZATION = Bearer a.b-c\n");
    }

    @ParameterizedTest
    @EnumSource
    void moreSlowUploadsThanWorkersStopNobody(Sample sample) throws IOException {
        FrontServer.Front front = sample.front();
        List<SlowUpload> uploads = new ArrayList<>();
        try {
            for (int i = 0; i < UPLOADS; i++) {
                uploads.add(new SlowUpload(front.uri("/s.php"), UPLOADED));
            }
            for (int i = 0; i < UPLOADED / 2; i++) {
                for (SlowUpload upload : uploads) {
                    upload.send();
                }
                assertThat(Http.get(front.uri("/s.php")).statusCode()).isEqualTo(200);
            }
            for (SlowUpload upload : uploads) {
                assertThat(upload.finish()).contains(" 200 ").contains("body " + UPLOADED + "\n");
            }
        } finally {
            for (SlowUpload upload : uploads) {
                upload.close();
            }
        }
    }
}
