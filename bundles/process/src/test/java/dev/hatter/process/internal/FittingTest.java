// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.process.Confinement;
import dev.hatter.process.Enclosure;
import dev.hatter.process.internal.os.Children;
import dev.hatter.process.internal.os.Native;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process that stays as it was started is given up. */
class FittingTest {
    /** A fake that finds each process in Hatter's own clothes. */
    private static final class Idle implements Confinement {
        @Override
        public void check(String domain, boolean permissive) {}

        @Override
        public List<String> dress(String domain) {
            return List.of();
        }

        @Override
        public Optional<String> verify(long pid, String domain, boolean permissive) {
            return Optional.empty();
        }
    }

    @Test
    void patienceHasAnEnd() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            Children children = new Children(Native.load());
            Enclosure enclosure = new Enclosure(new Idle(), "x", false);
            assertThatThrownBy(() -> Fitting.await(enclosure, (int) process.pid(), children, Duration.ofMillis(20)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("still isn't confined");
        } finally {
            process.destroyForcibly();
        }
    }
}
