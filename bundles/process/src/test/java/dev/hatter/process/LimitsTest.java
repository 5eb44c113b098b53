// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits, environment and root directory of real processes. */
class LimitsTest {
    private static final String SHOW =
            "ulimit -Sn; ulimit -Hn; ulimit -Sc; ulimit -Hc; nice; umask; : > \"$1\"; echo done";

    @TempDir
    Path directory;

    private final Lines lines = new Lines();
    private CloseableLauncher launcher;

    @BeforeEach
    void open() throws Exception {
        launcher = Launchers.open(directory.resolve("run"));
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    private List<String> output(LaunchSpec spec) throws Exception {
        assertThat(Exits.of(launcher.launch(spec))).as("%s", lines.err()).isEqualTo(new ExitStatus.Exited(0));
        return lines.out();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    void aProcessGetsItsLimits() throws Exception {
        Path file = directory.resolve("file");
        LaunchSpec spec = Specs.of(lines, "/bin/sh", "-c", SHOW, "sh", file.toString());
        assertThat(output(spec.withLimits(new Limits(64, 0L, 20, 027, null))))
                .containsExactly("64", "64", "0", "0", "19", "0027", "done");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void theNextOneHasHattersOwnAgainAndSoHasHatter() throws Exception {
        String own = new String(new ProcessBuilder("/bin/sh", "-c", "umask; nice")
                .start()
                .getInputStream()
                .readAllBytes());
        LaunchSpec spec = Specs.shell(lines, "exit 0");
        assertThat(output(spec.withLimits(new Limits(null, null, 3, 077, null))))
                .isEmpty();
        assertThat(output(Specs.shell(lines, "umask; nice")))
                .containsExactlyElementsOf(own.lines().toList());
        Path file = Files.writeString(directory.resolve("x"), "x");
        Path other = Files.writeString(directory.resolve("y"), "x");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
        assertThat(new String(new ProcessBuilder("/bin/sh", "-c", "umask; nice")
                        .start()
                        .getInputStream()
                        .readAllBytes()))
                .isEqualTo(own);
    }

    private static String own(String script) throws Exception {
        Process shell = new ProcessBuilder("/bin/sh", "-c", script).start();
        return new String(shell.getInputStream().readAllBytes()).strip();
    }

    @ParameterizedTest
    @CsvSource({"BATCH, 3", "OTHER, 0"})
    void aProcessIsScheduledAsItIsTold(Scheduling scheduling, String policy) throws Exception {
        LaunchSpec spec = Specs.shell(lines, "cut -d' ' -f41 /proc/$$/stat; nice");
        assertThat(output(spec.withLimits(new Limits(null, null, 4, null, scheduling))))
                .containsExactly(policy, "4");
        assertThat(output(Specs.shell(lines, "cut -d' ' -f41 /proc/$$/stat")))
                .endsWith(own("cut -d' ' -f41 /proc/$$/stat"));
    }

    @Test
    void limitsThatThereCannotBeAreNamed() {
        LaunchSpec spec = Specs.shell(lines, "exit 0").withLimits(new Limits(Integer.MAX_VALUE, -2L, 21, 01000, null));
        assertThat(launcher.check(spec))
                .extracting(LaunchFault::part)
                .containsExactly(
                        LaunchFault.Part.FILES,
                        LaunchFault.Part.CORE,
                        LaunchFault.Part.PRIORITY,
                        LaunchFault.Part.UMASK);
        assertThat(launcher.check(spec).get(0).text()).startsWith("a limit of 2147483647 open files can't be set");
    }

    @Test
    void userAndHomeOfAUserByNameAreInTheEnvironmentUnlessTheyAreSet() throws Exception {
        assumeTrue(isRoot(), "needs root");
        LaunchSpec spec = Specs.shellAs(lines, new Identity("daemon", null), "echo $USER $HOME; echo $(id -Gn)");
        assertThat(output(spec)).containsExactly("daemon /usr/sbin", "daemon");
        output(Specs.with(spec, Map.of("HOME", "/srv", "PATH", "/usr/bin:/bin"), null));
        assertThat(lines.out()).contains("daemon /srv");
        output(Specs.shellAs(lines, new Identity("1", null), "echo \"[$USER]\""));
        assertThat(lines.out()).contains("[]");
    }

    @Test
    void aUsersEntryIsFound() throws Exception {
        assertThat(launcher.user("daemon")).contains(new UserEntry("daemon", 1, 1, "/usr/sbin"));
        assertThat(launcher.user("no-such-user")).isEmpty();
    }

    /** A root directory with all that "sh" needs. */
    private Path jail() throws Exception {
        assumeTrue(isRoot(), "needs root");
        Path jail = Files.createDirectory(directory.resolve("jail"));
        for (String directory : List.of("bin", "srv", "proc")) {
            Files.createDirectory(jail.resolve(directory));
        }
        Process list = new ProcessBuilder("ldd", "/bin/sh").start();
        copy("/bin/sh", jail);
        for (String line :
                new String(list.getInputStream().readAllBytes()).lines().toList()) {
            String file = line.replaceAll(".*?(/\\S+).*", "$1").strip();
            if (file.startsWith("/")) {
                copy(file, jail);
            }
        }
        return jail;
    }

    private static void copy(String file, Path jail) throws Exception {
        Path target = jail.resolve(file.substring(1));
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(file), target);
    }

    @Test
    void aProcessIsLockedIntoItsRootDirectoryWithItsUserAndItsGroups() throws Exception {
        Path jail = jail();
        Files.writeString(jail.resolve("srv/inside"), "x");
        LaunchSpec spec = new LaunchSpec(
                "pool test",
                List.of("sh", "-c", "pwd; echo *; cd ..; cd ..; echo *; echo up; kill -STOP $$"),
                Map.of(),
                Path.of("/srv"),
                new Identity("daemon", "nogroup"),
                16,
                lines);
        WorkerProcess process = launcher.launch(spec.withRoot(jail));
        lines.awaitOut("up");
        assertThat(lines.out()).startsWith("/srv", "inside").contains("up");
        assertThat(lines.out().get(2)).contains("bin", "srv").doesNotContain("etc");
        assertThat(Proc.status(process.pid(), "Uid")).isEqualTo("1\t1\t1\t1");
        assertThat(Proc.status(process.pid(), "Gid")).isEqualTo("65534\t65534\t65534\t65534");
        assertThat(Proc.status(process.pid(), "Groups")).contains("65534").doesNotContain("0 ");
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapAmb")) {
            assertThat(Proc.status(process.pid(), set)).isEqualTo("0000000000000000");
        }
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/root")))
                .isEqualTo(jail.toRealPath());
        process.signal(Signal.KILL);
        Exits.of(process);
    }

    @Test
    void whatIsMissingInsideOfTheRootDirectoryIsNamed() throws Exception {
        Path jail = jail();
        Files.createSymbolicLink(jail.resolve("bin/out"), Path.of("/usr/bin/env"));
        LaunchSpec spec = new LaunchSpec(
                "pool test",
                List.of("/bin/out"),
                Map.of("LANG", "C", "LD_PRELOAD", "/x"),
                Path.of("/etc"),
                null,
                16,
                lines);
        assertThat(launcher.check(spec.withRoot(jail)).stream().map(LaunchFault::text))
                .anySatisfy(text -> assertThat(text).contains("no such program \"/bin/out\" inside of root directory"))
                .anySatisfy(text -> assertThat(text).contains("no such working directory \"/etc\" inside of root"))
                .anySatisfy(text -> assertThat(text).contains("name a user"))
                .anySatisfy(text -> assertThat(text).contains("variable LANG can't be given"))
                .anySatisfy(text -> assertThat(text).contains("variable LD_PRELOAD can't be given"))
                .hasSize(5);
        assertThat(launcher.check(spec.withRoot(Path.of("/no/such/root"))).stream()
                        .filter(fault -> fault.part() == LaunchFault.Part.ROOT))
                .hasSize(2);
    }
}
