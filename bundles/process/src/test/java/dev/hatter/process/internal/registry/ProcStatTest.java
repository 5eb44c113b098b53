// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Lines of /proc. */
class ProcStatTest {
    @Test
    void aNameWithBracketsAndBlanksConfusesNobody() {
        String stat = "42 (a) S 1 1 1) Z 1 41 40 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2 3\n";
        assertThat(ProcStat.parse(42, stat)).isEqualTo(new ProcStat(42, 'Z', 40, 98765));
    }

    @Test
    void weAreSeenOurselves() throws Exception {
        int pid = (int) ProcessHandle.current().pid();
        ProcStat self = ProcStat.of(pid).orElseThrow();
        assertThat(self.start()).isBetween(1L, ProcStat.now());
        assertThat(ProcStat.all()).extracting(ProcStat::pid).contains(pid);
        assertThat(ProcStat.of(0)).isEmpty();
    }
}
