// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.UncheckedBooleanSupplier;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * What connections read into: buffers as long as what has come lately. For the longest, of 64 KiB, Netty's allocator asks the
 * system each time where the heap is as small as Hatter's, has the memory cleared, and gives it back. So each event loop
 * keeps a few of them, and takes the first that is free: mostly the same few, which the processor's caches still hold.
 * Nothing is kept where Netty looks for leaks at the levels "advanced" and "paranoid": it can't see those of kept buffers.
 * One for all connections.
 */
public final class ReadBuffers extends AdaptiveRecvByteBufAllocator {
    public static final ReadBuffers INSTANCE = new ReadBuffers();

    /** Buffers that a loop keeps: as many as one connection may fill before what it brought is sent on. */
    static final int MOST = 16;

    private static final int LENGTH = DEFAULT_MAXIMUM;

    private static final FastThreadLocal<Kept> KEPT = new FastThreadLocal<>() {
        @Override
        protected Kept initialValue() {
            return new Kept();
        }

        @Override
        protected void onRemoval(Kept kept) {
            kept.release();
        }
    };

    private ReadBuffers() {
        // what Netty lets a connection read at once, which it sets only for an allocator of its own making
        maxMessagesPerRead(MOST);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Reading((ExtendedHandle) super.newHandle());
    }

    private static boolean isLeakSought() {
        return ResourceLeakDetector.getLevel().compareTo(ResourceLeakDetector.Level.ADVANCED) >= 0;
    }

    /** Of one connection. */
    private static final class Reading extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final ExtendedHandle sizes;

        Reading(ExtendedHandle sizes) {
            super(sizes);
            this.sizes = sizes;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return guess() < LENGTH || isLeakSought()
                    ? sizes.allocate(allocator)
                    : KEPT.get().take(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return sizes.continueReading(maybeMore);
        }
    }

    /** Of one thread. A buffer that nobody else holds is free. */
    private static final class Kept {
        private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);

        private final ByteBuf[] buffers = new ByteBuf[MOST];

        ByteBuf take(ByteBufAllocator allocator) {
            for (int i = 0; i < MOST; i++) {
                if (buffers[i] == null) {
                    buffers[i] = MEMORY.directBuffer(LENGTH, LENGTH);
                }
                if (buffers[i].refCnt() == 1) {
                    return buffers[i].clear().retain();
                }
            }
            return allocator.ioBuffer(LENGTH);
        }

        void release() {
            for (int i = 0; i < MOST && buffers[i] != null; i++) {
                buffers[i].release();
            }
        }
    }
}
