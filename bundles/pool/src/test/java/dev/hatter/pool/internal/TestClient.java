// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A blocking FastCGI client on one kept connection, for several requests at once. */
final class TestClient implements AutoCloseable, RecordHandler {
    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final RecordDecoder decoder = new RecordDecoder();
    private final Map<Integer, Answer> answers = new HashMap<>();
    private Answer current;
    /** What came was no record: so an answer breaks off. */
    private boolean broken;

    private int type;

    /** What came back for one request. */
    static final class Answer {
        final StringBuilder stdout = new StringBuilder();
        final StringBuilder stderr = new StringBuilder();
        boolean ended;
        int bytes;

        int status() {
            String text = stdout.toString();
            return text.startsWith("Status: ") ? Integer.parseInt(text.substring(8, 11)) : 200;
        }
    }

    TestClient(Path socket) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Asks and waits for the answer. */
    static Answer get(Path socket, String uri) throws IOException {
        try (TestClient client = new TestClient(socket)) {
            client.send(1, uri);
            return client.await(1);
        }
    }

    /** Asks with that SERVER_NAME and waits for the answer. */
    static Answer get(Path socket, String serverName, String uri) throws IOException {
        try (TestClient client = new TestClient(socket)) {
            ByteBuf out = begin(1, uri, 0, Map.of("SERVER_NAME", serverName));
            RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
            client.write(out);
            return client.await(1);
        }
    }

    /** Asks with exactly these parameters and waits for the answer. */
    static Answer ask(Path socket, Map<String, String> params) throws IOException {
        try (TestClient client = new TestClient(socket)) {
            ByteBuf out = begin(1, params);
            RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
            client.write(out);
            return client.await(1);
        }
    }

    /** Sends a whole request without a body. */
    void send(int id, String uri) throws IOException {
        ByteBuf out = begin(id, uri, 0);
        RecordEncoder.endOfStream(out, RecordType.STDIN, id);
        write(out);
    }

    /** Sends the beginning of a request whose body follows. */
    void sendBegin(int id, String uri, int contentLength) throws IOException {
        write(begin(id, uri, contentLength));
    }

    void sendBody(int id, byte[] content) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.stream(out, RecordType.STDIN, id, Unpooled.wrappedBuffer(content));
        write(out);
    }

    void sendBodyEnd(int id) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.endOfStream(out, RecordType.STDIN, id);
        write(out);
    }

    void sendAbort(int id) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.abortRequest(out, id);
        write(out);
    }

    private static ByteBuf begin(int id, String uri, int contentLength) {
        return begin(id, uri, contentLength, Map.of());
    }

    private static ByteBuf begin(int id, String uri, int contentLength, Map<String, String> more) {
        int question = uri.indexOf('?');
        Map<String, String> map = new HashMap<>(Map.of(
                "REQUEST_METHOD", contentLength > 0 ? "POST" : "GET",
                "REQUEST_URI", uri,
                "SCRIPT_NAME", question < 0 ? uri : uri.substring(0, question),
                "QUERY_STRING", question < 0 ? "" : uri.substring(question + 1),
                "CONTENT_LENGTH", contentLength > 0 ? Integer.toString(contentLength) : ""));
        map.put("SCRIPT_FILENAME", map.get("SCRIPT_NAME"));
        String script = map.get("SCRIPT_NAME");
        map.put("DOCUMENT_ROOT", script.substring(0, Math.max(0, script.lastIndexOf('/'))));
        map.putAll(more);
        return begin(id, map);
    }

    private static ByteBuf begin(int id, Map<String, String> map) {
        ByteBuf out = Unpooled.buffer();
        Params params = Params.of(map);
        RecordEncoder.beginRequest(out, id, Role.RESPONDER, true);
        RecordEncoder.params(out, id, params);
        params.release();
        return out;
    }

    private void write(ByteBuf out) throws IOException {
        ByteBuffer bytes = out.nioBuffer();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        out.release();
    }

    /** Waits for the end of that request, or of the connection. */
    Answer await(int id) throws IOException {
        return await(id, 64 * 1024, 0);
    }

    /** Waits until that much of its answer has come, and no longer. */
    void awaitUntil(int id, Predicate<Answer> enough) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        Answer answer = answers.computeIfAbsent(id, i -> new Answer());
        while (!enough.test(answer)) {
            if (channel.read(bytes.clear()) < 0) {
                throw new EOFException("the connection ended with request " + id + " at " + answer.stdout);
            }
            decoder.decode(Unpooled.wrappedBuffer(bytes.flip()), this);
        }
    }

    /** Reads only so much at a time, with so long a rest in between: slower than a worker answers. */
    Answer awaitSlowly(int id) throws IOException {
        return await(id, 4 * 1024, 50_000);
    }

    private Answer await(int id, int bytesAtATime, long restNanos) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(bytesAtATime);
        Answer answer = answers.computeIfAbsent(id, i -> new Answer());
        while (!answer.ended && !broken && channel.read(bytes.clear()) >= 0) {
            try {
                decoder.decode(Unpooled.wrappedBuffer(bytes.flip()), this);
            } catch (FastCgiException e) {
                broken = true;
            }
            if (restNanos > 0) {
                LockSupport.parkNanos(restNanos);
            }
        }
        return answer;
    }

    @Override
    public void onRecord(int recordType, int requestId, int contentLength) {
        type = recordType;
        current = answers.computeIfAbsent(requestId, i -> new Answer());
        current.ended |= RecordType.of(type) == RecordType.END_REQUEST;
    }

    @Override
    public void onContent(ByteBuf in, int length) throws FastCgiException {
        String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        if (RecordType.of(type) == RecordType.STDOUT) {
            current.bytes += length;
            current.stdout.append(text, 0, Math.min(text.length(), FastCgi.MAX_CONTENT_LENGTH));
        } else if (RecordType.of(type) == RecordType.STDERR) {
            current.stderr.append(text);
        }
    }

    @Override
    public void onRecordEnd() {}

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
