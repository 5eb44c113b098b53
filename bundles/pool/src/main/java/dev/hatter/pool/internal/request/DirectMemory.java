// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;

/** How much room there is for what slow clients leave lying: it is one for all pools, and none may use it up. */
final class DirectMemory {
    /** Half of it is for what is on its way. */
    private static final long PLENTY = PlatformDependent.estimateMaxDirectMemory() / 2;

    private DirectMemory() {}

    /** Whether nothing should be kept that needn't. */
    static boolean isScarce() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator
                && allocator.metric().usedDirectMemory() > PLENTY;
    }
}
