// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.KarafJava;
import dev.hatter.itests.peers.harness.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;

/** A stock Karaf and the README's two commands, and what a user does next. */
@DisabledForJreRange(minVersion = KarafJava.FIRST_TOO_NEW, disabledReason = KarafJava.REASON)
class KarafIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void twoCommandsAndARequestIsServed() throws IOException {
        Demo.mustNotBeServedByOthers();
        try (Karaf karaf = Karaf.start()) {
            List<String> commands = Readme.commands("In Karaf");
            assertThat(commands).hasSize(2);
            commands.forEach(karaf::type);
            Demo.awaitServed();
            awaitWorkers(karaf, 2);

            consoleReloads(karaf);
            fileReloads(karaf);
            typedFileIsWrittenBack(karaf);
            componentsSayWhatIsMissing(karaf);
            refusedPoolSaysWhy(karaf);

            List<ProcessHandle> workers = karaf.workers();
            karaf.ask("feature:uninstall hatter");
            await("end of the workers")
                    .atMost(SOON)
                    .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
            await("free address").atMost(SOON).until(() -> !Demo.isServed());
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
        List<String> before = Files.readAllLines(Demo.file(karaf));
        karaf.type("config:edit dev.hatter.pool~demo");
        karaf.type("config:property-set pm.max_children 16");
        karaf.ask("config:update");
        awaitWorkers(karaf, 1);
        assertThat(Demo.isServed()).isTrue();
        List<String> expected = before.stream()
                .map(line -> line.startsWith("pm.max_children") ? "pm.max_children = 16" : line)
                .toList();
        assertThat(Files.readAllLines(Demo.file(karaf)))
                .as("the file that Karaf wrote back: nothing of the user's is lost")
                .containsAll(expected)
                .filteredOn(line -> !expected.contains(line))
                .allMatch(line -> line.startsWith("felix.fileinstall.filename"));
    }

    private static void fileReloads(Karaf karaf) throws IOException {
        String text = Files.readString(Demo.file(karaf));
        String edited = text.replace("pm.max_children = 16", "pm.max_children = 48");
        Files.writeString(Demo.file(karaf), edited);
        awaitWorkers(karaf, 3);
        assertThat(Demo.isServed()).isTrue();
        assertThat(Demo.file(karaf)).as("the user's file").hasContent(edited);
    }

    /** Felix's own format: a user's comments and types stay, but for the value that is changed. */
    private static void typedFileIsWrittenBack(Karaf karaf) throws IOException {
        Path file = karaf.file("etc/dev.hatter.pool-typed.config");
        String text = Files.readString(Demo.file(karaf))
                .lines()
                .filter(line -> !line.startsWith("felix."))
                .map(KarafIT::typed)
                .collect(Collectors.joining("\n"));
        Files.writeString(file, text.replace(":9000", ":" + Machine.freePort()));
        List<String> before = Files.readAllLines(file);
        awaitWorkers(karaf, 3 + 3);
        karaf.ask("config:property-set -p dev.hatter.pool~typed pm.max_children 16");
        awaitWorkers(karaf, 3 + 1);
        before.replaceAll(line -> line.equals("pm.max_children=I\"48\"") ? "pm.max_children = \"16\"" : line);
        assertThat(Files.readAllLines(file))
                .containsSubsequence(before)
                .filteredOn(line -> !before.contains(line))
                .allMatch(line -> line.startsWith("felix.fileinstall.filename"));
        Files.delete(file);
        awaitWorkers(karaf, 3);
    }

    /** A line of a .cfg file as one of a .config file. */
    private static String typed(String line) {
        int equals = line.indexOf('=');
        if (equals < 0 || line.startsWith("#")) {
            return line;
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        String quoted = "\"" + value + "\"";
        return key + "=" + (key.equals("pm.max_children") ? "I" + quoted : quoted);
    }

    private static void refusedPoolSaysWhy(Karaf karaf) {
        String list = "service:list dev.hatter.pool.Refusal";
        karaf.ask("config:property-set -p dev.hatter.pool~demo pm sttaic");
        await("refusal").atMost(SOON).until(() -> karaf.ask(list), text -> text.contains("pool = demo"));
        assertThat(karaf.ask(list)).contains("reason = pm = \"sttaic\": must be static, dynamic or ondemand");
        assertThat(karaf.ask("scr:info dev.hatter.pool")).contains("dev.hatter.pool.Refusal");
        assertThat(Demo.isServed()).isTrue();
        karaf.ask("config:property-set -p dev.hatter.pool~demo pm static");
        await("no refusal").atMost(SOON).until(() -> karaf.ask(list), text -> !text.contains("reason"));
    }

    private static void componentsSayWhatIsMissing(Karaf karaf) {
        assertThat(karaf.ask("scr:list")).contains("dev.hatter.pool~demo");
        karaf.ask("bundle:stop dev.hatter.process");
        assertThat(karaf.ask("scr:info dev.hatter.pool"))
                .contains("UNSATISFIED REFERENCE")
                .containsPattern("launcher: dev.hatter.process.Launcher UNSATISFIED");
        karaf.ask("bundle:start dev.hatter.process");
        Demo.awaitServed();
    }
}
