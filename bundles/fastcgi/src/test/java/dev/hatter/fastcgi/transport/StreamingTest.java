// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Records.Found;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of any size pass with little memory, also when nobody takes the answer for a while. */
class StreamingTest {
    private static final int PIECE = 60_000;
    private static final int PIECES = 64 * 1024 * 1024 / PIECE;
    private static final long MAX_BUFFERED = 12 * 1024 * 1024;

    private final CountDownLatch paused = new CountDownLatch(1);
    private final AtomicLong peak = new AtomicLong();
    private final long before = buffered();

    @ParameterizedTest
    @EnumSource
    void a64MegabyteBodyIsEchoedWithBoundedMemory(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, request -> new WatchedEcho(request))) {
            echo(door);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameThroughALinkToAWorker(Sockets sockets) throws Exception {
        try (TestDoor worker = new TestDoor(sockets, request -> new WatchedEcho(request));
                TestDoor door = new TestDoor(sockets, request -> new Relay(request, worker, loopOf(request)))) {
            relayLoop = door.loop;
            echo(door);
        }
    }

    /** More than a Unix socket takes by default; less than it may be given without privileges. */
    @ParameterizedTest
    @EnumSource(
            value = Sockets.class,
            mode = EnumSource.Mode.MATCH_ANY,
            names = {".*UNIX.*"})
    void aUnixSocketTakesAnAnswerThatNobodyReadsYet(Sockets sockets) throws Exception {
        CompletableFuture<FrontRequest> answered = new CompletableFuture<>();
        try (TestDoor door = new TestDoor(sockets, request -> {
                    request.stdout(Unpooled.wrappedBuffer(new byte[300_000]));
                    request.flush();
                    answered.complete(request);
                    return new Echo(request);
                });
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, false).params(1, Map.of());
            FrontRequest request = answered.get();
            assertThat(door.loop.submit(request::pendingBytes).get()).isZero();
            client.bodyEnd(RecordType.STDIN, 1);
            assertThat(client.page(1)).hasSize(300_000);
        }
    }

    private volatile io.netty.channel.EventLoop relayLoop;

    private io.netty.channel.EventLoop loopOf(FrontRequest request) {
        return relayLoop;
    }

    private void echo(TestDoor door) throws Exception {
        try (RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, false).params(1, Map.of());
            CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> sendBody(client));
            // nothing is read before the echo had to stop: only back-pressure can have stopped it
            paused.await();
            assertThat(receive(client)).isEqualTo(sent.get());
            assertThat(client.next()).isNull();
        }
        assertThat(peak.get() - before).as("peak of buffered bytes").isLessThan(MAX_BUFFERED);
    }

    private static long sendBody(RawClient client) {
        CRC32 sum = new CRC32();
        Random random = new Random(3);
        byte[] piece = new byte[PIECE];
        try {
            for (int i = 0; i < PIECES; i++) {
                random.nextBytes(piece);
                sum.update(piece);
                ByteBuf out = Unpooled.buffer(PIECE + 16);
                RecordEncoder.stream(out, RecordType.STDIN, 1, Unpooled.wrappedBuffer(piece));
                client.send(out);
            }
            client.bodyEnd(RecordType.STDIN, 1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return sum.getValue();
    }

    private static long receive(RawClient client) throws Exception {
        CRC32 sum = new CRC32();
        for (Found found = client.take(); found.known() != RecordType.END_REQUEST; found = client.take()) {
            sum.update(found.content());
        }
        return sum.getValue();
    }

    private static long buffered() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }

    private final class WatchedEcho extends Echo {
        WatchedEcho(FrontRequest request) {
            super(request);
        }

        @Override
        public void onBody(RecordType stream, ByteBuf content) {
            super.onBody(stream, content);
            peak.accumulateAndGet(buffered(), Math::max);
            if (!request.isWritable()) {
                paused.countDown();
            }
        }
    }
}
