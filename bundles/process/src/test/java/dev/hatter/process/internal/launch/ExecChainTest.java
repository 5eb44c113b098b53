// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import static org.assertj.core.api.Assertions.assertThat;

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
            new Tools(Optional.of(Path.of("/bin/setpriv")), Optional.of(Path.of("/bin/env")));

    @Test
    void anIdentityIsSetInNumbers() {
        Optional<Account> account = Optional.of(new Account(-2, 33, Set.of(33, 4)));
        ExecChain.Link link = new ExecChain(TOOLS).build(account, PROGRAM, List.of("-n"), Map.of("A", "b"));
        assertThat(String.join(" ", link.argv()))
                .isEqualTo("/bin/setpriv --reuid 4294967294 --regid 33 --groups 33,4"
                        + " --inh-caps=-all --pdeathsig KILL -- /usr/bin/php-cgi -n");
        assertThat(link.environment()).containsExactly("A=b");
    }

    @Test
    void withoutAnIdentityOnlyTheParentDeathSignalIsSet() {
        Map<String, String> environment = Map.of("LD_PRELOAD", "x");
        ExecChain.Link link = new ExecChain(TOOLS).build(Optional.empty(), PROGRAM, List.of(), environment);
        assertThat(link.argv())
                .containsExactly("/bin/setpriv", "--inh-caps=-all", "--pdeathsig", "KILL", "--", "/usr/bin/php-cgi");
        assertThat(link.environment()).containsExactly("LD_PRELOAD=x");
    }

    @Test
    void withoutSetprivTheProgramIsStartedItself() {
        Tools none = new Tools(Optional.empty(), Optional.empty());
        ExecChain.Link link = new ExecChain(none).build(Optional.empty(), PROGRAM, List.of("-n"), Map.of());
        assertThat(link.argv()).containsExactly("/usr/bin/php-cgi", "-n");
    }

    @Test
    void whatTheLoaderReadsIsSetAfterTheIdentity() {
        Optional<Account> account = Optional.of(new Account(33, 33, Set.of(33)));
        Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/x", "GLIBC_TUNABLES", "y", "LDAP", "z");
        ExecChain.Link link = new ExecChain(TOOLS).build(account, PROGRAM, List.of(), environment);
        List<String> afterIdentity =
                link.argv().subList(link.argv().indexOf("--") + 1, link.argv().size());
        assertThat(afterIdentity)
                .startsWith("/bin/env")
                .contains("LD_LIBRARY_PATH=/x", "GLIBC_TUNABLES=y")
                .endsWith("/usr/bin/php-cgi");
        assertThat(link.environment()).containsExactly("LDAP=z");
    }
}
