// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stock Karaf and the README's two commands, and what a user does next. */
class KarafIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Backend DEMO = new Backend.Tcp(9000);
    private static final Map<String, String> HELLO =
            Map.of("REQUEST_METHOD", "GET", "SCRIPT_NAME", "/hello", "QUERY_STRING", "plain");

    @Test
    void twoCommandsAndARequestIsServed() throws IOException {
        assertThat(served()).as("whether somebody else is at %s", DEMO).isFalse();
        try (Karaf karaf = Karaf.start()) {
            List<String> commands = Readme.commands("In Karaf");
            assertThat(commands).hasSize(2);
            commands.forEach(karaf::type);
            await("demo pool").atMost(Duration.ofSeconds(90)).until(KarafIT::served);
            awaitWorkers(karaf, 2);

            consoleReloads(karaf);
            fileReloads(karaf);
            componentsSayWhatIsMissing(karaf);

            List<ProcessHandle> workers = karaf.workers();
            karaf.ask("feature:uninstall hatter");
            await("end of the workers")
                    .atMost(SOON)
                    .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
            await("free address").atMost(SOON).until(() -> !served());
            assertThat(karaf.file("data/hatter/sockets").toFile().list())
                    .as("workers' sockets")
                    .containsOnly("lock");
        }
    }

    /** Two processes of 16 places each by default. */
    private static void awaitWorkers(Karaf karaf, int count) {
        await(count + " workers").atMost(SOON).until(() -> karaf.workers().size() == count);
    }

    private static void consoleReloads(Karaf karaf) throws IOException {
        List<String> before = Files.readAllLines(demo(karaf));
        karaf.type("config:edit dev.hatter.pool~demo");
        karaf.type("config:property-set pm.max_children 16");
        karaf.ask("config:update");
        awaitWorkers(karaf, 1);
        assertThat(served()).isTrue();
        List<String> expected = before.stream()
                .map(line -> line.startsWith("pm.max_children") ? "pm.max_children = 16" : line)
                .toList();
        assertThat(Files.readAllLines(demo(karaf)))
                .as("the file that Karaf wrote back: nothing of the user's is lost")
                .containsAll(expected)
                .filteredOn(line -> !expected.contains(line))
                .allMatch(line -> line.startsWith("felix.fileinstall.filename"));
    }

    private static void fileReloads(Karaf karaf) throws IOException {
        String text = Files.readString(demo(karaf));
        String edited = text.replace("pm.max_children = 16", "pm.max_children = 48");
        Files.writeString(demo(karaf), edited);
        awaitWorkers(karaf, 3);
        assertThat(served()).isTrue();
        assertThat(demo(karaf)).as("the user's file").hasContent(edited);
    }

    private static void componentsSayWhatIsMissing(Karaf karaf) {
        assertThat(karaf.ask("scr:list")).contains("dev.hatter.pool~demo");
        karaf.ask("bundle:stop dev.hatter.process");
        assertThat(karaf.ask("scr:info dev.hatter.pool"))
                .contains("UNSATISFIED REFERENCE")
                .containsPattern("launcher: dev.hatter.process.Launcher UNSATISFIED");
        karaf.ask("bundle:start dev.hatter.process");
        await("demo pool").atMost(SOON).until(KarafIT::served);
    }

    private static Path demo(Karaf karaf) {
        return karaf.file("etc/dev.hatter.pool-demo.cfg");
    }

    private static boolean served() {
        try {
            FastCgi.Answer answer = FastCgi.ask(DEMO, HELLO);
            return answer.status() == 200 && answer.body().startsWith("Hello from");
        } catch (IOException e) {
            return false;
        }
    }
}
