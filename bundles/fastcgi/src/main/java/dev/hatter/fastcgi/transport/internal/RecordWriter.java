// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/**
 * Writes records to one channel: small ones together in one buffer, which is one to allocate, to queue and to hand to the
 * kernel; long content without copying it, behind its header.
 */
final class RecordWriter {
    /** Content up to this is copied behind its header. */
    private static final int COPY_LIMIT = 512;

    /** Room for what usually follows: the records that end a stream and a request. */
    private static final int SPARE = 64;

    private static final int USUAL = 256;

    private final ChannelHandlerContext ctx;
    /** Not yet given to the channel; null when there is nothing. */
    private ByteBuf gathered;

    RecordWriter(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** A buffer to append records of so many bytes to, before anything else is called here. It stays the writer's. */
    ByteBuf room(int bytes) {
        if (gathered != null && gathered.writableBytes() < bytes) {
            pass();
        }
        if (gathered == null) {
            gathered = ctx.alloc().directBuffer(Math.max(bytes + SPARE, USUAL));
        }
        return gathered;
    }

    /** Takes ownership of the content, which may be longer than a record, or empty (nothing is sent then). No flush. */
    void stream(RecordType type, int requestId, ByteBuf content) {
        while (content.readableBytes() > FastCgi.MAX_CONTENT_LENGTH) {
            record(type, requestId, content.readRetainedSlice(FastCgi.MAX_CONTENT_LENGTH));
        }
        if (content.isReadable()) {
            record(type, requestId, content);
        } else {
            content.release();
        }
    }

    private void record(RecordType type, int requestId, ByteBuf content) {
        int length = content.readableBytes();
        if (length <= COPY_LIMIT) {
            ByteBuf out = room(FastCgi.HEADER_LENGTH + length);
            RecordEncoder.header(out, type, requestId, length, 0);
            out.writeBytes(content);
            content.release();
            return;
        }
        ByteBuf out = gathered == null ? ctx.alloc().directBuffer(FastCgi.HEADER_LENGTH) : room(FastCgi.HEADER_LENGTH);
        RecordEncoder.header(out, type, requestId, length, 0);
        gathered = out;
        raw(content);
    }

    /** Sends what is no record by itself, uncopied; takes ownership. No flush. */
    void raw(ByteBuf content) {
        pass();
        ctx.write(content, ctx.voidPromise());
    }

    private void pass() {
        if (gathered != null) {
            ByteBuf passed = gathered;
            gathered = null;
            ctx.write(passed, ctx.voidPromise());
        }
    }

    void flush() {
        pass();
        ctx.flush();
    }

    /** Flushes as well. */
    ChannelFuture flushed() {
        ByteBuf last = gathered == null ? Unpooled.EMPTY_BUFFER : gathered;
        gathered = null;
        return ctx.writeAndFlush(last);
    }

    /** Gives up what was not flushed. */
    void release() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
