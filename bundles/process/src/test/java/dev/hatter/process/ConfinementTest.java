// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is confined, and known to be, before anybody gets it; else there is none. */
class ConfinementTest {
    @TempDir
    Path run;

    private final Lines lines = new Lines();
    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher = Launchers.open(run);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private LaunchSpec sleeping(Confinement confinement, String domain) {
        return Specs.of(lines, "sleep", "60").withEnclosure(new Enclosure(confinement, domain, false));
    }

    private static final class NeverFits extends NoNewPrivileges {
        @Override
        public Optional<String> verify(long pid, String domain, boolean permissive) throws ConfinementException {
            throw new ConfinementException("wears something else");
        }
    }

    private static final class Naked extends NoNewPrivileges {
        @Override
        public List<String> dress(String domain) {
            return List.of();
        }
    }

    @Test
    void whatIsLaunchedWearsWhatWasAskedForFromTheFirstMoment() throws Exception {
        WorkerProcess process = launcher.launch(sleeping(new NoNewPrivileges(), NoNewPrivileges.DOMAIN));
        assertThat(new NoNewPrivileges().verify(process.pid(), NoNewPrivileges.DOMAIN, false))
                .isPresent();
        assertThat(process.verifyConfinement()).isEqualTo(NoNewPrivileges.DOMAIN);
    }

    @Test
    void whatNeedsNoConfinementHasNone() throws Exception {
        WorkerProcess process = launcher.launch(Specs.of(lines, "sleep", "60"));
        assertThat(process.verifyConfinement()).isNull();
        await().untilAsserted(() -> assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/status")))
                .contains("NoNewPrivs:\t0"));
    }

    @Test
    void aDomainThatIsNotThereIsAFaultOfItsOwnPart() {
        LaunchSpec spec = sleeping(new NoNewPrivileges(), "other");
        assertThat(launcher.check(spec))
                .containsExactly(new LaunchFault(
                        LaunchFault.Part.CONFINEMENT, "no domain \"other\"; the one there is: no-new-privs"));
        assertThatThrownBy(() -> launcher.launch(spec))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no domain \"other\"");
    }

    @Test
    void aProcessThatWearsSomethingElseIsKilledBeforeAnybodyGetsIt() throws Exception {
        assertThatThrownBy(() -> launcher.launch(sleeping(new NeverFits(), NoNewPrivileges.DOMAIN)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("wears something else; it was killed");
        assertThat(children()).isEmpty();
        try (Stream<Path> left = Files.list(run.resolve("sockets"))) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".sock"));
        }
    }

    @Test
    void aMechanismThatHasNoWayToDressIsRefused() {
        assertThatThrownBy(() -> launcher.launch(sleeping(new Naked(), NoNewPrivileges.DOMAIN)))
                .isInstanceOf(LaunchException.class);
        assertThat(children()).isEmpty();
    }

    @Test
    void aProgramThatEndsAtOnceTellsItsOwnStory() throws Exception {
        LaunchSpec spec = Specs.shell(lines, "exit 7")
                .withEnclosure(new Enclosure(new NoNewPrivileges(), NoNewPrivileges.DOMAIN, false));
        assertThat(Exits.of(launcher.launch(spec))).isEqualTo(new ExitStatus.Exited(7));
    }

    private static final class Escaped extends NoNewPrivileges {
        private volatile long escaped;

        @Override
        public Optional<String> verify(long pid, String domain, boolean permissive) throws ConfinementException {
            if (pid == escaped) {
                throw new ConfinementException("wears something else");
            }
            return super.verify(pid, domain, permissive);
        }
    }

    @Test
    void aForkedChildIsLookedAtToo() throws Exception {
        Escaped confinement = new Escaped();
        LaunchSpec spec = Specs.shell(lines, "/bin/sh -c 'kill -STOP $$' & sleep 60 & echo $!; wait")
                .withEnclosure(new Enclosure(confinement, NoNewPrivileges.DOMAIN, false));
        WorkerProcess process = launcher.launch(spec);
        await().until(() -> lines.out().size() == 1);
        long other = Long.parseLong(lines.out().get(0));
        long twin = ProcessHandle.of(process.pid())
                .orElseThrow()
                .children()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> pid != other)
                .findFirst()
                .orElseThrow();
        confinement.escaped = other;
        await().until(() ->
                Files.readSymbolicLink(Path.of("/proc/" + other + "/exe")).endsWith("sleep"));
        assertThat(process.verifyConfinement()).isEqualTo(NoNewPrivileges.DOMAIN);
        confinement.escaped = twin;
        assertThatThrownBy(process::verifyConfinement).hasMessage("wears something else");
    }

    private static List<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> !isZombie(child.pid()))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return true; // gone
        }
    }
}
