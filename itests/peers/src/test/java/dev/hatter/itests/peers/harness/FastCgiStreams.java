// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/** Requests on one connection, several at once if wanted, each answer to be read while it comes. */
public final class FastCgiStreams implements AutoCloseable {
    /** The records that are kept of an answer that nobody reads; then the connection isn't read either. */
    private static final int UNREAD = 4;

    private final SocketChannel channel;
    private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::read, "fastcgi-streams");

    public FastCgiStreams(Backend backend) throws IOException {
        channel = backend.connect();
        reader.setDaemon(true);
        reader.start();
    }

    /** Sends a request, in one write, and returns what comes on FCGI_STDOUT, its head included. */
    public InputStream request(int id, boolean keep, Map<String, String> params, byte[] body) throws IOException {
        Answer answer = new Answer();
        answers.put(id, answer);
        ByteBuffer bytes = ByteBuffer.wrap(FastCgi.encode(id, keep, params, body));
        synchronized (answers) {
            while (bytes.hasRemaining()) {
                channel.write(bytes); // a stream of the channel would wait for the reader's
            }
        }
        return answer;
    }

    private void read() {
        try (var in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)))) {
            while (true) {
                in.readUnsignedByte(); // version
                int type = in.readUnsignedByte();
                Answer answer = answers.get(in.readUnsignedShort());
                int length = in.readUnsignedShort();
                int padding = in.readUnsignedByte();
                in.readUnsignedByte();
                byte[] content = in.readNBytes(length);
                in.skipNBytes(padding);
                if (type == FastCgi.END_REQUEST) {
                    answer.put(new Piece(content, true, null));
                } else if (type == FastCgi.STDOUT && length > 0) {
                    answer.put(new Piece(content, false, null));
                }
            }
        } catch (IOException e) {
            answers.values().forEach(answer -> answer.put(new Piece(null, false, e)));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        reader.interrupt();
    }

    private record Piece(byte[] content, boolean last, IOException failure) {}

    private static final class Answer extends InputStream {
        private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(UNREAD);
        private byte[] current = {};
        private int position;
        private boolean ended;

        private void put(Piece piece) {
            try {
                pieces.put(piece);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (position == current.length) {
                if (ended) {
                    return -1;
                }
                next();
            }
            int count = Math.min(length, current.length - position);
            System.arraycopy(current, position, target, offset, count);
            position += count;
            return count;
        }

        private void next() throws IOException {
            try {
                Piece piece = pieces.take();
                if (piece.failure != null) {
                    throw new IOException("the connection ended before the answer: " + piece.failure, piece.failure);
                }
                ended = piece.last;
                current = piece.last ? new byte[0] : piece.content;
                position = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        @Override
        public int available() {
            return current.length - position;
        }
    }
}
