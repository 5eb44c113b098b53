// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import dev.hatter.fastcgi.ParamsException.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Collects a stream of name-value pairs (FCGI_PARAMS, FCGI_GET_VALUES) that may be cut anywhere. Whoever made it calls
 * {@link #finish()} or {@link #release()} once.
 */
public final class ParamsReader {
    private static final int USUAL_LENGTH = 1024;

    private final int maxLength;
    private final ByteBufAllocator allocator;
    private ByteBuf block;

    /**
     * @param allocator gives the buffer, when the first bytes come
     * @param maxLength bytes the whole stream may have
     */
    public ParamsReader(ByteBufAllocator allocator, int maxLength) {
        this.allocator = allocator;
        this.maxLength = maxLength;
    }

    /**
     * Takes a piece of the stream.
     *
     * @param in stays owned by the caller
     * @throws ParamsException ({@link Fault#TOO_LARGE}) when the stream gets longer than allowed
     */
    public void add(ByteBuf in, int length) throws ParamsException {
        if (length > maxLength - length()) {
            throw new ParamsException(
                    Fault.TOO_LARGE,
                    "parameters of " + (length() + length) + " bytes or more; allowed are " + maxLength);
        }
        if (block == null) {
            block = allocator.buffer(Math.max(length, Math.min(USUAL_LENGTH, maxLength)));
        }
        block.writeBytes(in, length);
    }

    /** Bytes taken so far. */
    public int length() {
        return block == null ? 0 : block.readableBytes();
    }

    /**
     * The stream has ended.
     *
     * @return the parameters, owned by the caller
     * @throws ParamsException when a pair is not whole, or too long for one record; everything is released then
     */
    public Params finish() throws ParamsException {
        ByteBuf complete = block == null ? allocator.buffer(0) : block;
        block = null;
        try {
            return new Params(complete, PairIndex.of(complete));
        } catch (ParamsException e) {
            complete.release();
            throw e;
        }
    }

    /** Gives up what was collected; nothing happens the second time, or after finish. */
    public void release() {
        if (block != null) {
            block.release();
            block = null;
        }
    }
}
