// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Backend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that send one byte a second, and clients that read one byte a second: a third of the senders dribble their
 * parameters, the others their bodies. One that the server closes comes back.
 */
public final class Dribble implements AutoCloseable {
    /** As many moments as a thread can tell apart: clients don't send in step. */
    private static final int TICKS = 1000;

    private static final long SECOND = 1_000_000_000L;

    private final Backend server;
    private final Map<String, String> params;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicLong returned = new AtomicLong();
    private final Thread thread = new Thread(this::run, "dribble");
    private volatile boolean ended;

    /** @param params of the large answer that the readers ask for */
    public Dribble(Backend server, int senders, int readers, Map<String, String> params) throws IOException {
        this.server = server;
        this.params = params;
        for (int i = 0; i < senders + readers; i++) {
            // spread over the second, so that each tick has its share of both
            clients.add(new Client(i >= senders ? Kind.READER : i % 3 == 0 ? Kind.PARAMS : Kind.BODY));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private enum Kind {
        PARAMS,
        BODY,
        READER
    }

    /** How often one was closed by the server and came back. */
    public long returned() {
        return returned.get();
    }

    private void run() {
        long next = System.nanoTime();
        for (int tick = 0; !ended; tick = (tick + 1) % TICKS) {
            for (int i = tick; i < clients.size() && !ended; i += TICKS) {
                clients.get(i).step();
            }
            next += SECOND / TICKS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.forEach(Client::close);
    }

    private final class Client {
        private final Kind kind;
        private ByteBuffer rest;
        private SocketChannel channel;

        private Client(Kind kind) throws IOException {
            this.kind = kind;
            open();
        }

        private void open() throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            channel.connect(server.address());
            byte[] begin = record(1, new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
            byte[] parameters = concat(record(4, pairs()), record(4, new byte[0]));
            switch (kind) {
                case PARAMS -> rest = ByteBuffer.wrap(concat(begin, parameters));
                case BODY -> {
                    send(concat(begin, parameters));
                    rest = ByteBuffer.wrap(record(5, new byte[60_000]));
                }
                case READER -> {
                    send(concat(concat(begin, parameters), record(5, new byte[0])));
                    rest = ByteBuffer.allocate(1);
                }
            }
            channel.configureBlocking(false);
        }

        private void send(byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        private void step() {
            try {
                if (kind == Kind.READER) {
                    read();
                } else {
                    channel.write(ByteBuffer.wrap(new byte[] {rest.get()}));
                }
            } catch (IOException e) {
                comeBack();
            }
        }

        private void read() throws IOException {
            if (channel.read(rest.clear()) < 0) {
                throw new IOException("closed");
            }
        }

        private void comeBack() {
            close();
            returned.incrementAndGet();
            try {
                open();
            } catch (IOException e) {
                // tries again in a second
            }
        }

        private byte[] pairs() throws IOException {
            ByteArrayOutputStream pairs = new ByteArrayOutputStream();
            for (Map.Entry<String, String> param : params.entrySet()) {
                pair(pairs, param.getKey(), param.getValue());
            }
            if (kind == Kind.BODY) {
                pair(pairs, "CONTENT_LENGTH", "60000");
            }
            return pairs.toByteArray();
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // it was closed
            }
        }
    }

    private static void pair(ByteArrayOutputStream pairs, String name, String value) throws IOException {
        pairs.write(name.length());
        pairs.write(value.length());
        pairs.write((name + value).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] record(int type, byte[] content) {
        byte[] head = {1, (byte) type, 0, 1, (byte) (content.length >> 8), (byte) content.length, 0, 0};
        return concat(head, content);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }
}
