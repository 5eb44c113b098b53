// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.itests.peers.harness.Backend;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client with one request on its own connection, which can leave at any time. */
final class Visitor implements AutoCloseable {
    private static final int HEADER = 8;
    private static final int TYPE = 1;
    private static final int LENGTH = 4;
    private static final int PADDING = 6;
    private static final int STDOUT = 6;
    private static final int END_REQUEST = 3;

    private final SocketChannel channel;
    private final long came;
    /** More than any answer that is waited for. */
    private final ByteBuffer answer = ByteBuffer.allocate(2048);

    private boolean over;

    private Visitor(SocketChannel channel, long came) {
        this.channel = channel;
        this.came = came;
    }

    /** The bytes of a request without a body, after whose answer the connection is closed. */
    static ByteBuffer request(Map<String, String> params) {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.beginRequest(out, 1, Role.RESPONDER, false);
        Params encoded = Params.of(params);
        RecordEncoder.params(out, 1, encoded);
        encoded.release();
        RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
        return ByteBuffer.wrap(ByteBufUtil.getBytes(out));
    }

    /**
     * Connects and asks, without waiting.
     *
     * @throws IOException if there is no room in the socket's backlog
     */
    static Visitor ask(Backend.Unix listen, ByteBuffer request, long came) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(listen.address())) {
                throw new IOException("the backlog is full");
            }
            if (channel.write(request) == 0 || request.hasRemaining()) {
                throw new IOException("a socket that doesn't take one request");
            }
            return new Visitor(channel, came);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** When, by {@link System#nanoTime}. */
    long came() {
        return came;
    }

    boolean isOver() {
        return over;
    }

    /** Takes what is there; whether nothing more is to come. */
    boolean read() {
        try {
            return channel.read(answer) < 0 || !answer.hasRemaining() || parse(new StringBuilder());
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it has been answered, to the end, by that page. */
    boolean hasAnswer(String page) {
        StringBuilder said = new StringBuilder();
        return parse(said) && said.toString().endsWith("\r\n\r\n" + page);
    }

    /** Whether there is a whole answer, and what it says. */
    private boolean parse(StringBuilder said) {
        int at = 0;
        while (answer.position() - at >= HEADER) {
            int length = answer.getShort(at + LENGTH) & 0xffff;
            int next = at + HEADER + length + (answer.get(at + PADDING) & 0xff);
            if (next > answer.position()) {
                return false;
            }
            if (answer.get(at + TYPE) == END_REQUEST) {
                return true;
            }
            if (answer.get(at + TYPE) == STDOUT) {
                said.append(new String(answer.array(), at + HEADER, length, StandardCharsets.ISO_8859_1));
            }
            at = next;
        }
        return false;
    }

    @Override
    public void close() {
        over = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
