// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;

/** One request on a connection of its own, in the role of a Responder. */
final class Call implements Closeable {
    private static final int ID = 1;
    private static final int BUFFER = 64 * 1024;
    private static final int RECORD_OVERHEAD = 64;

    private final SocketChannel channel;

    private Call(SocketChannel channel) {
        this.channel = channel;
    }

    static Call connect(Address address) throws IOException {
        try {
            return new Call(SocketChannel.open(address.socketAddress()));
        } catch (UnresolvedAddressException e) {
            throw new UnknownHostException("unknown host");
        }
    }

    /** Sends the request, its body in a thread of its own because the answer may begin before the body's end. */
    void exchange(Map<String, String> params, InputStream body, AnswerPrinter printer) throws IOException {
        sendHead(params);
        Thread sender = new Thread(() -> sendBody(body), "body");
        sender.setDaemon(true);
        sender.start();
        receive(new AnswerHandler(ID, printer));
    }

    private void sendHead(Map<String, String> params) throws IOException {
        ByteBuf out = Unpooled.buffer();
        RecordEncoder.beginRequest(out, ID, Role.RESPONDER, false);
        Params packed = Params.of(params);
        try {
            RecordEncoder.params(out, ID, packed);
        } finally {
            packed.release();
        }
        write(out);
    }

    private void sendBody(InputStream body) {
        ByteBuf out = Unpooled.buffer(BUFFER + RECORD_OVERHEAD);
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = read(body, buffer); count > 0; count = read(body, buffer)) {
                RecordEncoder.stream(out.clear(), RecordType.STDIN, ID, Unpooled.wrappedBuffer(buffer, 0, count));
                write(out);
            }
            RecordEncoder.endOfStream(out.clear(), RecordType.STDIN, ID);
            write(out);
        } catch (IOException e) {
            // the application may answer without reading all, and close; whether it did, the receiving side tells
        }
    }

    /** A body that can't be read ends the call: the application would wait for the rest of it. */
    private int read(InputStream body, byte[] buffer) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            System.err.println("hatter request: can't read the body: " + e.getMessage());
            channel.close();
            throw e;
        }
    }

    private void write(ByteBuf out) throws IOException {
        while (out.isReadable()) {
            out.readBytes(channel, out.readableBytes());
        }
    }

    private void receive(AnswerHandler handler) throws IOException {
        RecordDecoder decoder = new RecordDecoder();
        ByteBuf in = Unpooled.buffer(BUFFER);
        while (!handler.isComplete()) {
            if (in.clear().writeBytes(channel, BUFFER) < 0) {
                throw new EOFException("closed the connection before its answer was complete");
            }
            decode(decoder, in, handler);
        }
    }

    /** A pool breaks off an answer of which a part was sent by bytes that are no record. */
    private static void decode(RecordDecoder decoder, ByteBuf in, AnswerHandler handler) throws IOException {
        try {
            decoder.decode(in, handler);
        } catch (FastCgiException e) {
            throw new IOException("broke its answer off (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
