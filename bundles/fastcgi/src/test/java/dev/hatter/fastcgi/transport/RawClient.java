// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Records;
import dev.hatter.fastcgi.Records.Found;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A web server as a test wants it: sends any bytes, and reads records; blocking. */
final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final RecordDecoder decoder = new RecordDecoder();
    private final Records records = new Records();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private int taken;

    RawClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        if (address instanceof InetSocketAddress) {
            // it sends record by record, which would wait for the peer's acknowledgements
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    RawClient send(ByteBuf bytes) throws IOException {
        ByteBuffer out = bytes.nioBuffer();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return this;
    }

    RawClient hex(String hex) throws IOException {
        return send(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
    }

    RawClient begin(int id, Role role, boolean keep) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.beginRequest(out, id, role, keep);
        return send(out);
    }

    RawClient params(int id, Map<String, String> params) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.params(out, id, Params.of(params));
        return send(out);
    }

    RawClient body(RecordType stream, int id, String text) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.stream(out, stream, id, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        return send(out);
    }

    RawClient bodyEnd(RecordType stream, int id) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.endOfStream(out, stream, id);
        return send(out);
    }

    RawClient abort(int id) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.abortRequest(out, id);
        return send(out);
    }

    /** A whole request, as Responder. */
    RawClient request(int id, boolean keep, Map<String, String> params, String body) throws IOException {
        begin(id, Role.RESPONDER, keep).params(id, params);
        return body(RecordType.STDIN, id, body).bodyEnd(RecordType.STDIN, id);
    }

    /** The next record, or null when the peer has closed in good order. */
    Found next() throws IOException {
        while (records.found().size() == taken) {
            if (!read()) {
                return null;
            }
        }
        return records.found().get(taken++);
    }

    /** The next record, which is then forgotten here: for streams of any length. */
    Found take() throws IOException {
        Found found = next();
        if (found == null) {
            throw new IOException("closed before the expected record");
        }
        records.found().subList(0, taken).clear();
        taken = 0;
        return found;
    }

    private boolean read() throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            if (!decoder.isAtBoundary()) {
                throw new FastCgiException("closed within a record");
            }
            return false;
        }
        decoder.decode(Unpooled.wrappedBuffer(buffer.flip()), records);
        return true;
    }

    /** All records up to the end of that request, which is the last one. */
    List<Found> answer(int id) throws IOException {
        List<Found> answer = new ArrayList<>();
        do {
            Found found = next();
            if (found == null) {
                throw new IOException(
                        "closed before the end of request " + id + ", after " + answer.size() + " records");
            }
            answer.add(found);
        } while (answer.get(answer.size() - 1).known() != RecordType.END_REQUEST
                || answer.get(answer.size() - 1).id() != id);
        return answer;
    }

    /** What STDOUT of that request was. */
    String page(int id) throws IOException {
        return text(answer(id), RecordType.STDOUT, id);
    }

    static String text(List<Found> answer, RecordType stream, int id) {
        StringBuilder text = new StringBuilder();
        answer.stream().filter(r -> r.known() == stream && r.id() == id).forEach(r -> text.append(r.text()));
        return text.toString();
    }

    /** Waits until the peer has closed; by a reset, when it was sent what it did not want. */
    boolean isClosedByPeer() {
        try {
            return next() == null;
        } catch (FastCgiException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Reads records until the peer has closed, in whatever way. */
    boolean isDrained() {
        try {
            while (next() != null) {
                continue;
            }
        } catch (FastCgiException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
        return true;
    }

    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
