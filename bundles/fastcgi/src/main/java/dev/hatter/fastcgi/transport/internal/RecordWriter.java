// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** Writes pieces of a stream to a channel without copying them: a header each, then the content itself. */
final class RecordWriter {
    /** Content up to this is copied behind its header: cheaper than a second buffer to allocate and to gather. */
    private static final int COPY_LIMIT = 512;

    private RecordWriter() {}

    /** Takes ownership of the content, which may be longer than a record, or empty (nothing is sent then). No flush. */
    static void write(ChannelHandlerContext ctx, RecordType type, int requestId, ByteBuf content) {
        while (content.readableBytes() > FastCgi.MAX_CONTENT_LENGTH) {
            record(ctx, type, requestId, content.readRetainedSlice(FastCgi.MAX_CONTENT_LENGTH));
        }
        if (content.isReadable()) {
            record(ctx, type, requestId, content);
        } else {
            content.release();
        }
    }

    private static void record(ChannelHandlerContext ctx, RecordType type, int requestId, ByteBuf content) {
        int length = content.readableBytes();
        boolean copy = length <= COPY_LIMIT;
        ByteBuf header = ctx.alloc().directBuffer(FastCgi.HEADER_LENGTH + (copy ? length : 0));
        RecordEncoder.header(header, type, requestId, length, 0);
        if (copy) {
            header.writeBytes(content);
            content.release();
            ctx.write(header, ctx.voidPromise());
        } else {
            ctx.write(header, ctx.voidPromise());
            ctx.write(content, ctx.voidPromise());
        }
    }
}
