// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.transport.LinkListener;
import dev.hatter.fastcgi.transport.Transport;
import dev.hatter.fastcgi.transport.WorkerLink;
import dev.hatter.pool.internal.worker.LinkOpener;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The event loops that pools live on: one for each processor, pools spread over them. */
final class Loops implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final Transport transport;
    private final EventLoopGroup group;

    /** @param busyWait nanoseconds for which a loop may look for events before it goes to sleep */
    Loops(Transport transport, int threads, LongSupplier busyWait) {
        this.transport = transport;
        AtomicInteger number = new AtomicInteger();
        ThreadFactory named = task -> {
            Thread thread = new Thread(task, "hatter-loop-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        this.group = transport.newGroup(threads, named, busyWait);
    }

    EventLoop next() {
        return group.next();
    }

    Transport transport() {
        return transport;
    }

    /** Connects to workers on that loop. */
    LinkOpener opener(EventLoop loop) {
        return new LinkOpener() {
            @Override
            public WorkerLink open(Path socket, LinkListener listener) {
                return WorkerLink.connect(transport, loop, socket, listener);
            }

            @Override
            public long nowNanos() {
                return System.nanoTime();
            }

            @Override
            public void later(Runnable task, long delayMillis) {
                loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            }
        };
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
