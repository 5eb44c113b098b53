// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a process runs as; only root can show it. */
class IdentityTest {
    private static final String NOBODY = "65534";

    @TempDir
    Path run;

    private final Lines lines = new Lines();
    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        launcher = Launchers.open(run);
    }

    @AfterEach
    void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    private Map<String, String> statusAs(Identity identity) throws Exception {
        LaunchSpec spec = Specs.shellAs(lines, identity, "exec cat /proc/self/status");
        assertThat(Exits.of(launcher.launch(spec))).as("%s", lines.err()).isEqualTo(new ExitStatus.Exited(0));
        Map<String, String> status = new HashMap<>();
        lines.out().stream().map(line -> line.split(":\\s*", 2)).forEach(pair -> status.put(pair[0], pair[1].strip()));
        return status;
    }

    @Test
    void userAndGroupsAreTakenOnAndNoCapabilityIsLeft() throws Exception {
        Map<String, String> status = statusAs(new Identity("nobody", null));
        String four = String.join("\t", NOBODY, NOBODY, NOBODY, NOBODY);
        assertThat(status).containsEntry("Uid", four).containsEntry("Gid", four).containsEntry("Groups", NOBODY);
        for (String set : List.of("CapEff", "CapPrm", "CapInh", "CapAmb")) {
            assertThat(status).containsEntry(set, "0000000000000000");
        }
    }

    @Test
    void numbersServeAsWellEvenWithoutAnEntry() throws Exception {
        Map<String, String> status = statusAs(new Identity("3456789", "3456790"));
        assertThat(status.get("Uid").split("\t")).containsOnly("3456789");
        assertThat(status.get("Gid").split("\t")).containsOnly("3456790");
        assertThat(status).containsEntry("Groups", "3456790");
    }

    @Test
    void theGroupAskedForTakesThePlaceOfThePrimaryOne() throws Exception {
        Map<String, String> status = statusAs(new Identity("nobody", "daemon"));
        assertThat(status.get("Gid").split("\t")).containsOnly("1");
        assertThat(status.get("Groups").split(" ")).containsOnly("1");
    }

    @Test
    void allGroupsOfTheUserComeAlong() throws Exception {
        String[] groups = new String(new ProcessBuilder("id", "-G", "nobody")
                        .start()
                        .getInputStream()
                        .readAllBytes())
                .strip()
                .split(" ");
        Map<String, String> status = statusAs(new Identity("nobody", null));
        assertThat(status.get("Groups").split(" ")).containsExactlyInAnyOrder(groups);
    }

    @Test
    void whatTheLoaderReadsIsNotSeenByAnythingThatRunsAsRoot() throws Exception {
        Map<String, String> environment = Map.of("LD_PRELOAD", "/nowhere/evil.so", "PLAIN", "1");
        LaunchSpec spec = Specs.shellAs(lines, new Identity("nobody", null), "echo $LD_PRELOAD $PLAIN; exec env");
        assertThat(Exits.of(launcher.launch(Specs.with(spec, environment, null))))
                .isEqualTo(new ExitStatus.Exited(0));
        assertThat(lines.out()).contains("/nowhere/evil.so 1", "LD_PRELOAD=/nowhere/evil.so", "PLAIN=1");
        // the loader complains once for each program that gets it: sh and env, not setpriv and the first env
        assertThat(lines.err().stream().filter(line -> line.contains("evil.so")))
                .hasSize(2);
    }

    @Test
    void rootAndStrangersAreRefusedAllAtOnce() {
        assertThat(faults(new Identity("root", null)))
                .containsExactly(
                        "user \"root\" is root; workers never run as root, name another user",
                        "the group of user \"root\" is root's; workers never run in it, name another group");
        assertThat(faults(new Identity("0", "daemon"))).hasSize(1);
        assertThat(faults(new Identity("nobody", "0"))).hasSize(1);
        assertThat(faults(new Identity(null, "daemon"))).hasSize(1);
        assertThat(faults(new Identity("no-such-user", "no-such-group")))
                .containsExactly(
                        "no such user \"no-such-user\"; name one that \"getent passwd\" shows",
                        "no such group \"no-such-group\"; name one that \"getent group\" shows");
        assertThat(faults(new Identity("3456789", null)))
                .singleElement()
                .asString()
                .contains("name the group too");
        assertThat(faults(new Identity("4294967295", "1")))
                .singleElement()
                .asString()
                .contains("too large");
        assertThat(faults(new Identity("", "1"))).singleElement().asString().contains("no such user \"\"");
    }

    private List<String> faults(Identity identity) {
        return texts(launcher.check(Specs.shellAs(lines, identity, "exit 0")));
    }

    @Test
    void aProgramThatTheUserMayNotReachIsRefused() throws Exception {
        Path program = java.nio.file.Files.copy(Path.of("/bin/true"), run.resolve("true"));
        LaunchSpec spec = Specs.of(lines, program.toString());
        LaunchSpec asNobody =
                new LaunchSpec("x", spec.command(), spec.environment(), null, new Identity("nobody", null), 1, lines);
        assertThat(texts(launcher.check(spec))).isEmpty();
        assertThat(texts(launcher.check(asNobody)))
                .singleElement()
                .asString()
                .contains(program.toString(), "uid 65534 may not enter directory");
    }

    private static List<String> texts(List<LaunchFault> faults) {
        return faults.stream().map(LaunchFault::text).toList();
    }
}
