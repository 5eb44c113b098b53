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
 * kernel; long content without copying it, behind its header. What a stream brings before the next flush becomes one record
 * while it fits, however it came cut: web servers send bodies in pieces of 8 KiB, and php-cgi reads each header by itself.
 */
final class RecordWriter {
    /** A record of pieces up to this is copied behind its header. */
    private static final int COPY_LIMIT = 512;

    /** Room for what usually follows: the records that end a stream and a request. */
    private static final int SPARE = 64;

    private static final int USUAL = 256;

    /** What section 3.3 of FastCGI 1.0 recommends for the length of records. */
    private static final int ALIGNMENT = 8;

    private final ChannelHandlerContext ctx;
    /** Follows what is gathered. */
    private final OpenRecord open = new OpenRecord();
    /** Not yet given to the channel; null when there is nothing. */
    private ByteBuf gathered;

    RecordWriter(ChannelHandlerContext ctx) {
        this.ctx = ctx;
    }

    /** A buffer to append records of so many bytes to, before anything else is called here. It stays the writer's. */
    ByteBuf room(int bytes) {
        closeRecord();
        return space(bytes);
    }

    private ByteBuf space(int bytes) {
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
            piece(type, requestId, content.readRetainedSlice(FastCgi.MAX_CONTENT_LENGTH));
        }
        if (content.isReadable()) {
            piece(type, requestId, content);
        } else {
            content.release();
        }
    }

    private void piece(RecordType type, int requestId, ByteBuf content) {
        if (!open.takes(type, requestId, content.readableBytes())) {
            closeRecord();
        }
        open.add(type, requestId, content);
    }

    private void closeRecord() {
        if (open.isEmpty()) {
            return;
        }
        boolean copied = open.longest() <= COPY_LIMIT;
        int padding = padding(open.type(), open.length());
        ByteBuf out = copied ? space(FastCgi.HEADER_LENGTH + open.length() + padding) : headerSpace();
        RecordEncoder.header(out, open.type(), open.requestId(), open.length(), padding);
        for (ByteBuf piece = open.poll(); piece != null; piece = open.poll()) {
            if (copied) {
                out.writeBytes(piece);
                piece.release();
            } else {
                send(piece);
            }
        }
        if (padding > 0) {
            space(padding).writeZero(padding);
        }
    }

    /**
     * HAProxy 2.6 ends by a segmentation fault when an FCGI_STDERR record without padding is the last that it has read. There
     * are few of them; php-fpm pads all its records so.
     */
    private static int padding(RecordType type, int length) {
        return type == RecordType.STDERR ? ALIGNMENT - length % ALIGNMENT : 0;
    }

    private ByteBuf headerSpace() {
        if (gathered == null) {
            gathered = ctx.alloc().directBuffer(FastCgi.HEADER_LENGTH);
        }
        return space(FastCgi.HEADER_LENGTH);
    }

    /** Sends what is no record by itself, uncopied; takes ownership. No flush. */
    void raw(ByteBuf content) {
        closeRecord();
        send(content);
    }

    private void send(ByteBuf content) {
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

    /** Bytes of content that the channel doesn't know of yet. */
    int held() {
        return open.length();
    }

    void flush() {
        closeRecord();
        pass();
        ctx.flush();
    }

    /** Flushes as well. */
    ChannelFuture flushed() {
        closeRecord();
        ByteBuf last = gathered == null ? Unpooled.EMPTY_BUFFER : gathered;
        gathered = null;
        return ctx.writeAndFlush(last);
    }

    /** Gives up what was not flushed. */
    void release() {
        for (ByteBuf piece = open.poll(); piece != null; piece = open.poll()) {
            piece.release();
        }
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
