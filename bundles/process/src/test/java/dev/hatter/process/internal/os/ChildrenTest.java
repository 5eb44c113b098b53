// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.process.ExitStatus.Exited;
import dev.hatter.process.ExitStatus.Signalled;
import org.junit.jupiter.api.Test;

/** Wait statuses, as wait(2) has them. */
class ChildrenTest {
    @Test
    void aWaitStatusIsDecoded() {
        assertThat(Children.decode(0)).isEqualTo(new Exited(0));
        assertThat(Children.decode(0xff00)).isEqualTo(new Exited(255));
        assertThat(Children.decode(9)).isEqualTo(new Signalled(9, false));
        assertThat(Children.decode(0x8b)).isEqualTo(new Signalled(11, true));
    }
}
