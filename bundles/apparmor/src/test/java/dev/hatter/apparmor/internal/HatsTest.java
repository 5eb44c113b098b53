// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.process.ConfinementException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the kernel and what is made of its answers. The kernel is a fake here; itests have a real one. */
class HatsTest {
    private static final int EINVAL = 22;
    private static final long WORKER = 4711;

    private final FakeKernel kernel = new FakeKernel();
    private final Hats hats = new Hats(kernel);

    /** A fake kernel: answers as it is told. */
    private static final class FakeKernel implements Kernel {
        private Label own = new Label("hatter", "enforce");
        private Label worker;
        private boolean canAsk = true;
        private final Map<String, Integer> errnos = new HashMap<>();
        private final Map<String, String> modes = new HashMap<>();

        @Override
        public Label own() {
            return own;
        }

        @Override
        public Label of(long pid) throws IOException {
            if (worker == null) {
                throw new IOException("aa_gettaskcon " + pid + ": No such process");
            }
            return worker;
        }

        @Override
        public int mayWear(String label) {
            return errnos.getOrDefault(label, Errno.ENOENT);
        }

        @Override
        public boolean canAsk() {
            return canAsk;
        }

        @Override
        public Optional<String> modeOf(String label) {
            return Optional.ofNullable(modes.get(label));
        }
    }

    @Test
    void aHatHangsOnHattersOwnLabel() throws Exception {
        kernel.errnos.put("hatter//www", 0);
        hats.check("www", false);
        assertThat(hats.dress("www")).containsExactly("--apparmor-profile", "hatter//www");
    }

    @Test
    void whereHatterIsUnconfinedAWholeProfileIsNamed() throws Exception {
        kernel.own = new Label("unconfined", null);
        kernel.errnos.put("tenants//www", 0);
        hats.check("tenants//www", false);
        assertThat(hats.dress("tenants//www")).containsExactly("--apparmor-profile", "tenants//www");
        assertThatThrownBy(() -> hats.check("www", false))
                .isInstanceOf(ConfinementException.class)
                .hasMessageContaining("\"www\" (No such file or directory)")
                .hasMessageContaining("Hatter is unconfined");
    }

    @Test
    void unconfinedIsNoProfile() {
        kernel.own = new Label("unconfined", null);
        kernel.errnos.put("unconfined", 0);
        assertThatThrownBy(() -> hats.check("unconfined", true))
                .isInstanceOf(ConfinementException.class)
                .hasMessageContaining("confines nothing");
        assertThatThrownBy(() -> hats.dress("unconfined")).isInstanceOf(ConfinementException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "a/b", ":ns:a", "a//&b", "a b", "a\n", "a\0b", "../x", "a&b", "\u00e9"})
    void aNameThatCouldLeadElsewhereIsNoHat(String hat) {
        kernel.errnos.put("hatter//" + hat, 0);
        assertThatThrownBy(() -> hats.check(hat, false))
                .isInstanceOf(ConfinementException.class)
                .hasMessageContaining("can't be a hat");
        assertThatThrownBy(() -> hats.dress(hat)).isInstanceOf(ConfinementException.class);
    }

    @Test
    void aHatThatIsNotLoadedIsNamedWithWhatToAdd() {
        assertThatThrownBy(() -> hats.check("wwww", false))
                .isInstanceOf(ConfinementException.class)
                .hasMessage(
                        "a worker can't be moved to \"hatter//wwww\" (No such file or directory): no such hat is"
                                + " loaded; add \"profile wwww { ... }\" inside of profile \"hatter\" and load it (apparmor_parser -r)");
    }

    @Test
    void aRuleThatIsMissingIsNamed() {
        kernel.errnos.put("hatter//www", Errno.EACCES);
        assertThatThrownBy(() -> hats.check("www", false))
                .hasMessageContaining("(Permission denied)")
                .hasMessageContaining("\"change_profile -> hatter//*,\"");
        kernel.canAsk = false;
        assertThatThrownBy(() -> hats.check("www", false)).hasMessageContaining("attr/{,apparmor/}exec rw,");
    }

    @Test
    void otherRefusalsAreToldInWords() {
        kernel.errnos.put("hatter//www", Errno.EPERM);
        assertThatThrownBy(() -> hats.check("www", false))
                .hasMessageContaining("(Operation not permitted)")
                .hasMessageContaining("no_new_privs");
        kernel.errnos.put("hatter//www", EINVAL);
        assertThatThrownBy(() -> hats.check("www", false)).hasMessageContaining("(Invalid argument)");
    }

    @Test
    void aProfileThatOnlyComplainsIsAcceptedOnlyWhereThatIsAskedFor() throws Exception {
        kernel.errnos.put("hatter//www", 0);
        kernel.modes.put("hatter//www", "complain");
        hats.check("www", true);
        assertThatThrownBy(() -> hats.check("www", false)).hasMessageContaining("apparmor_mode = complain");
        kernel.worker = new Label("hatter//www", "complain");
        assertThat(hats.verify(WORKER, "www", true)).contains("hatter//www (complain)");
        assertThatThrownBy(() -> hats.verify(WORKER, "www", false))
                .hasMessageContaining("\"hatter//www (complain)\"")
                .hasMessageContaining("apparmor_mode = complain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unconfined", "mixed", "prompt"})
    void noOtherModeThanEnforceAndKillIsAcceptedEver(String mode) {
        kernel.worker = new Label("hatter//www", mode);
        assertThatThrownBy(() -> hats.verify(WORKER, "www", true)).isInstanceOf(ConfinementException.class);
    }

    @Test
    void aWorkerThatWearsItsHatIsWell() throws Exception {
        kernel.worker = new Label("hatter//www", "enforce");
        assertThat(hats.verify(WORKER, "www", false)).contains("hatter//www (enforce)");
        kernel.worker = new Label("hatter//www", "kill");
        assertThat(hats.verify(WORKER, "www", false)).contains("hatter//www (kill)");
    }

    @Test
    void aWorkerThatStillWearsWhatHatterDoesIsOnItsWay() throws Exception {
        kernel.worker = kernel.own;
        assertThat(hats.verify(WORKER, "www", false)).isEmpty();
    }

    @Test
    void aWorkerThatWearsAnythingElseIsNone() {
        for (String label : new String[] {"unconfined", "hatter//www2", "hatter//other", "www", "hatter//www//&x"}) {
            kernel.worker = new Label(label, label.equals("unconfined") ? null : "enforce");
            assertThatThrownBy(() -> hats.verify(WORKER, "www", true))
                    .isInstanceOf(ConfinementException.class)
                    .hasMessageContaining("instead of \"hatter//www\"");
        }
    }

    @Test
    void aLabelThatCantBeReadIsNoLabel() {
        assertThatThrownBy(() -> hats.verify(WORKER, "www", true))
                .isInstanceOf(ConfinementException.class)
                .hasMessageContaining("No such process");
    }

    @Test
    void whenHattersOwnProfileIsTakenAwayNothingIsConfinedByIt() {
        kernel.errnos.put("hatter//www", 0);
        kernel.own = new Label("unconfined", null);
        assertThatThrownBy(() -> hats.check("www", false)).isInstanceOf(ConfinementException.class);
    }
}
