// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A connection as one thread uses it: blocking, but able to wait a while for input, which a blocking channel can't.
 */
final class Wire implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Fills the buffer. @throws EOFException when the peer has closed before */
    void readFully(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer);
            if (count < 0) {
                throw new EOFException("the peer closed the connection");
            }
            if (count == 0) {
                await(SelectionKey.OP_READ, 0);
            }
        }
    }

    void writeFully(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.write(buffer) == 0) {
                await(SelectionKey.OP_WRITE, 0);
            }
        }
    }

    /** Waits for input. @return false when none came in that time */
    boolean awaitInput(long nanos) throws IOException {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
            if (await(SelectionKey.OP_READ, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)))) {
                return true;
            }
        }
        return false;
    }

    private boolean await(int operation, long millis) throws IOException {
        try {
            key.interestOps(operation);
            boolean ready = selector.select(millis) > 0;
            selector.selectedKeys().clear();
            return ready;
        } catch (CancelledKeyException | ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
    }

    /** From any thread: whoever waits is woken with an exception. */
    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
