// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.process.Limits;
import dev.hatter.process.internal.os.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which programs exec one another. */
class ExecChainTest {
    private static final Path PROGRAM = Path.of("/usr/bin/php-cgi");
    private static final Tools TOOLS =
            new Tools(tool("setpriv"), tool("env"), tool("prlimit"), tool("nice"), tool("unshare"));

    private static Optional<Path> tool(String name) {
        return Optional.of(Path.of("/bin", name));
    }

    private static ExecChain.Link chain(Tools tools, Optional<Account> account, Map<String, String> environment) {
        ExecChain.Dress dress =
                new ExecChain.Dress(account, account.isPresent(), null, Path.of("/"), Limits.NONE, 0, List.of());
        return new ExecChain(tools).build(dress, PROGRAM, List.of("-n"), environment);
    }

    @Test
    void anIdentityIsSetInNumbers() {
        Optional<Account> account = Optional.of(new Account(-2, 33, Set.of(33, 4)));
        ExecChain.Link link = chain(TOOLS, account, Map.of("A", "b"));
        assertThat(String.join(" ", link.argv()))
                .isEqualTo("/bin/setpriv --reuid 4294967294 --regid 33 --groups 33,4"
                        + " --inh-caps=-all --ambient-caps=-all --pdeathsig KILL -- /usr/bin/php-cgi -n");
        assertThat(link.environment()).containsExactly("A=b");
    }

    @Test
    void withoutAnIdentityOnlyTheParentDeathSignalIsSet() {
        Map<String, String> environment = Map.of("LD_PRELOAD", "x");
        ExecChain.Link link = chain(TOOLS, Optional.empty(), environment);
        assertThat(link.argv())
                .containsExactly(
                        "/bin/setpriv",
                        "--inh-caps=-all",
                        "--ambient-caps=-all",
                        "--pdeathsig",
                        "KILL",
                        "--",
                        "/usr/bin/php-cgi",
                        "-n");
        assertThat(link.environment()).containsExactly("LD_PRELOAD=x");
    }

    @Test
    void withoutSetprivTheProgramIsStartedItself() {
        Tools none =
                new Tools(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        ExecChain.Link link = chain(none, Optional.empty(), Map.of());
        assertThat(link.argv()).containsExactly("/usr/bin/php-cgi", "-n");
    }

    @Test
    void limitsAreSetFirstAndTheRootChangesBeforeTheUser() {
        Account account = new Account(33, 34, Set.of(34));
        ExecChain.Dress dress = new ExecChain.Dress(
                Optional.of(account),
                true,
                Path.of("/jail"),
                Path.of("/srv"),
                new Limits(64, -1L, 5, 077, null),
                5,
                List.of());
        assertThat(String.join(
                        " ",
                        new ExecChain(TOOLS)
                                .build(dress, PROGRAM, List.of(), Map.of())
                                .argv()))
                .isEqualTo("/bin/prlimit --nofile=64:64 --core=unlimited:unlimited -- /bin/nice -n 5 --"
                        + " /bin/setpriv --regid 34 --groups 34 --inh-caps=-all --ambient-caps=-all --pdeathsig KILL --"
                        + " /bin/unshare --root=/jail --wd=/srv --setuid=33 -- /usr/bin/php-cgi");
    }

    @Test
    void aWorkerIsConfinedByTheSameToolAndGetsWhatTheLoaderReadsBehindIt() {
        ExecChain.Dress dress = new ExecChain.Dress(
                Optional.empty(), false, null, Path.of("/"), Limits.NONE, 0, List.of("--apparmor-profile", "a//b"));
        ExecChain.Link link = new ExecChain(TOOLS).build(dress, PROGRAM, List.of(), Map.of("TMPDIR", "/x", "A", "b"));
        assertThat(String.join(" ", link.argv()))
                .isEqualTo(
                        "/bin/setpriv --inh-caps=-all --ambient-caps=-all --pdeathsig KILL --apparmor-profile a//b --"
                                + " /bin/env TMPDIR=/x /usr/bin/php-cgi");
        assertThat(link.environment()).containsExactly("A=b");
    }

    @Test
    void whatTheLoaderReadsIsSetAfterTheIdentity() {
        Optional<Account> account = Optional.of(new Account(33, 33, Set.of(33)));
        Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/x", "GLIBC_TUNABLES", "y", "LDAP", "z");
        ExecChain.Link link = chain(TOOLS, account, environment);
        List<String> afterIdentity =
                link.argv().subList(link.argv().indexOf("--") + 1, link.argv().size());
        assertThat(afterIdentity)
                .startsWith("/bin/env")
                .contains("LD_LIBRARY_PATH=/x", "GLIBC_TUNABLES=y")
                .endsWith("/usr/bin/php-cgi", "-n");
        assertThat(link.environment()).containsExactly("LDAP=z");
    }
}
