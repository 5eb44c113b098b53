// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The guard itself can fail. */
class LeakGuardTest {
    @Test
    void findsABufferThatNobodyReleased() {
        Logger netty = Logger.getLogger(ResourceLeakDetector.class.getName());
        // silent, not off: without its log the detector looks for nothing
        netty.setFilter(line -> false);
        loseABuffer();
        assertThatThrownBy(() -> new LeakGuard().afterAll(null)).hasMessageContaining("1 buffers were not released");
        netty.setFilter(null);
    }

    private static void loseABuffer() {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.directBuffer(1);
        lost.writeByte(1);
    }
}
