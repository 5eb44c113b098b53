// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Http;
import dev.hatter.itests.peers.harness.Load;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pattern;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx, Hatter and php-cgi, with the JVM's heap at the 64 MiB that {@code bin/hatter} gives it. */
class PhpIT {
    private static final long MIB = 1 << 20;
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 16;

    private static Scratch scratch;
    private static Path site;
    private static Hatter hatter;
    private static Backend tcp;
    private static Backend unix;

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = Application.site(scratch);
        tcp = Backend.tcp();
        unix = new Backend.Unix(scratch.path().resolve("php.sock"));
        hatter = Hatter.start("php", Pool.php("tcp", tcp, 4), Pool.php("unix", unix, 4));
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    @ParameterizedTest(name = "{0}, fastcgi_keep_conn {1}")
    @CsvSource({"TCP, on", "TCP, off", "Unix socket, on", "Unix socket, off"})
    void servesPagesBodiesAndLoad(String transport, String keep) throws IOException {
        Backend backend = transport.equals("TCP") ? tcp : unix;
        try (FrontServer.Front front =
                new Nginx().start(new FrontServer.Site(site, backend, ".php", keep.equals("on")))) {
            phpinfo(front);
            upload(front);
            download(front);
            load(front, transport + ", fastcgi_keep_conn " + keep);
        }
        assertThat(commandLine()).contains("-Xmx64m");
        assertThat(Logs.read(hatter.log())).doesNotContain("OutOfMemory");
    }

    private static void phpinfo(FrontServer.Front front) {
        HttpResponse<String> page = Http.get(front.uri("/app.php/phpinfo"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("PHP Version").contains("CGI/FastCGI").endsWith("</html>");
    }

    private static void upload(FrontServer.Front front) {
        HttpResponse<String> answer = Http.upload(front.uri("/app.php/checksum"), 64 * MIB);
        assertThat(answer.body().strip()).as("64 MiB up").isEqualTo(Pattern.checksum(64 * MIB));
    }

    private static void download(FrontServer.Front front) {
        assertThat(Http.download(front.uri("/app.php/download?bytes=" + 256 * MIB)))
                .as("256 MiB down")
                .isEqualTo(Pattern.checksum(256 * MIB));
    }

    private static void load(FrontServer.Front front, String what) {
        Load load = Load.run(front.uri("/app.php/download?bytes=100"), REQUESTS, CLIENTS);
        Logs.say("%-35s %s", what, load);
        assertThat(load.complete()).isEqualTo(REQUESTS);
        assertThat(load.failed()).as("failed of %d; %s", REQUESTS, front.log()).isZero();
    }

    /** The JVM's arguments. */
    private static List<String> commandLine() throws IOException {
        Path file = Path.of("/proc", Long.toString(hatter.process().pid()), "cmdline");
        return List.of(Files.readString(file).split("\0"));
    }
}
