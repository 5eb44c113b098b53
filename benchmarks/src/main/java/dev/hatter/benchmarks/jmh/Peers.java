// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks.jmh;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CountDownLatch;

/**
 * Both ends of Hatter, made of nothing: what they cost is little, and the same in each run. They write in a task of their own:
 * connections within a JVM deliver at once, and sockets never answer a write while it is being made.
 */
final class Peers {
    private Peers() {}

    /** Counts how often the last record of a request, or of its answer, has come. */
    private static final class Ends implements RecordHandler {
        private final RecordType last;
        private boolean end;
        private int count;

        private Ends(RecordType last) {
            this.last = last;
        }

        @Override
        public void onRecord(int type, int requestId, int contentLength) {
            // the end of the body is empty, that of the request isn't
            end = type == last.code() && (contentLength == 0 || last == RecordType.END_REQUEST);
        }

        @Override
        public void onContent(ByteBuf in, int length) {
            // skipped by the decoder
        }

        @Override
        public void onRecordEnd() {
            if (end) {
                count++;
            }
        }
    }

    /** Answers each request. */
    static final class Worker extends ChannelInboundHandlerAdapter {
        private final RecordDecoder decoder = new RecordDecoder();
        private final Ends ends = new Ends(RecordType.STDIN);
        private final ByteBuf answer;
        private ChannelHandlerContext ctx;
        private final Runnable write = this::write;

        Worker(ByteBuf answer) {
            this.answer = answer;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            ctx = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws FastCgiException {
            int before = ends.count;
            decode(decoder, ends, message);
            for (int i = before; i < ends.count; i++) {
                context.executor().execute(write);
            }
        }

        private void write() {
            ctx.writeAndFlush(answer.retainedDuplicate(), ctx.voidPromise());
        }
    }

    /** Asks again as soon as it has its answer, for so many times. */
    static final class Client extends ChannelInboundHandlerAdapter {
        private final RecordDecoder decoder = new RecordDecoder();
        private final Ends ends = new Ends(RecordType.END_REQUEST);
        private final ByteBuf request;
        private final Runnable next = this::next;
        private ChannelHandlerContext ctx;
        private CountDownLatch done;
        private int left;

        Client(ByteBuf request) {
            this.request = request;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            ctx = context;
        }

        /** Returns when all are answered. */
        void ask(int times) throws InterruptedException {
            CountDownLatch finished = new CountDownLatch(1);
            ctx.executor().execute(() -> {
                done = finished;
                left = times;
                next();
            });
            finished.await();
        }

        private void next() {
            if (left-- > 0) {
                ctx.writeAndFlush(request.retainedDuplicate(), ctx.voidPromise());
            } else {
                done.countDown();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws FastCgiException {
            int before = ends.count;
            decode(decoder, ends, message);
            if (ends.count > before) {
                context.executor().execute(next);
            }
        }
    }

    private static void decode(RecordDecoder decoder, Ends ends, Object message) throws FastCgiException {
        ByteBuf in = (ByteBuf) message;
        try {
            decoder.decode(in, ends);
        } finally {
            in.release();
        }
    }
}
