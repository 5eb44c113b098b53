// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which buffers are kept, and when they may be filled again. */
class ReadBuffersTest {
    private static final int LONG = 65_536;

    private final ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private final ChannelConfig config = new EmbeddedChannel().config();
    private final ExtendedHandle handle = ReadBuffers.INSTANCE.newHandle();
    private final Level level = ResourceLeakDetector.getLevel();

    @BeforeEach
    void keep() {
        ResourceLeakDetector.setLevel(Level.SIMPLE);
        handle.reset(config);
    }

    @AfterEach
    void restore() {
        FastThreadLocal.removeAll();
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void shortOnesComeFromTheAllocator() {
        ByteBuf first = handle.allocate(allocator);
        assertThat(first.capacity()).isEqualTo(handle.guess()).isLessThan(LONG);
        first.release();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void aLongOneIsFilledAgainOnceNobodyHoldsAnyPartOfIt() {
        muchComes();
        ByteBuf first = handle.allocate(allocator);
        assertThat(first.writableBytes()).isEqualTo(LONG);
        ByteBuf part = first.writeBytes("part".getBytes()).readRetainedSlice(2);
        first.release();

        ByteBuf second = handle.allocate(allocator);
        assertThat(second).as("while a part is held").isNotSameAs(first);
        second.release();
        part.release();

        ByteBuf third = handle.allocate(allocator);
        assertThat(third).isSameAs(first);
        assertThat(third.isReadable()).isFalse();
        assertThat(third.writableBytes()).isEqualTo(LONG);
        third.release();
    }

    @Test
    void noMoreAreKeptThanOneConnectionMayFillAtOnce() {
        muchComes();
        List<ByteBuf> held = allocate(ReadBuffers.MOST + 1);
        ByteBuf surplus = held.get(ReadBuffers.MOST);
        held.forEach(ByteBuf::release);
        assertThat(surplus.refCnt()).isZero();
        List<ByteBuf> again = allocate(ReadBuffers.MOST);
        assertThat(again).containsExactlyElementsOf(held.subList(0, ReadBuffers.MOST));
        again.forEach(ByteBuf::release);
    }

    @Test
    void aThreadsEndFreesThem() {
        muchComes();
        List<ByteBuf> held = allocate(2);
        held.get(0).release();
        FastThreadLocal.removeAll();
        assertThat(held.get(0).refCnt()).isZero();
        assertThat(held.get(1).refCnt()).as("of one that is still read").isEqualTo(1);
        held.get(1).release();
    }

    @Test
    void noneIsKeptWhereLeaksAreSought() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        muchComes();
        ByteBuf first = handle.allocate(allocator);
        assertThat(first.writableBytes()).isEqualTo(LONG);
        first.release();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void asMuchIsReadAtOnceAsNettyDoesByItself() {
        int reads = 0;
        do {
            reads++;
            handle.attemptedBytesRead(handle.guess());
            handle.lastBytesRead(handle.guess());
            handle.incMessagesRead(1);
        } while (handle.continueReading(() -> true));
        int ofNetty = new NioSocketChannel().metadata().defaultMaxMessagesPerRead();
        assertThat(reads).isEqualTo(ofNetty);
    }

    private void muchComes() {
        while (handle.guess() < LONG) {
            handle.attemptedBytesRead(handle.guess());
            handle.lastBytesRead(handle.guess());
        }
    }

    private List<ByteBuf> allocate(int number) {
        List<ByteBuf> result = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            result.add(handle.allocate(allocator));
        }
        return result;
    }
}
