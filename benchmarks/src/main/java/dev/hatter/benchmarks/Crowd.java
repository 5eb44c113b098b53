// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Clients that come at a steady pace, whatever became of those before them, each with one request on a connection of its
 * own, and leave when they have waited long enough. They ask by FastCGI, as to the pool it is the same with nginx in
 * between: that one closes its connection to the pool when its client leaves (fastcgi_ignore_client_abort off, the
 * default), and when the socket's backlog is full it gives up at once.
 */
final class Crowd implements AutoCloseable {
    private final Backend.Unix listen;
    private final ByteBuffer request;
    private final long patienceNanos;
    private final Selector selector;
    private final Deque<Visitor> waiting = new ArrayDeque<>();

    Crowd(Backend.Unix listen, Map<String, String> params, Duration patience) throws IOException {
        this.listen = listen;
        this.request = Visitor.request(params);
        this.patienceNanos = patience.toNanos();
        this.selector = Selector.open();
    }

    /**
     * What became of them.
     *
     * @param inTime who had a whole and right answer before they would have left
     * @param turnedAway who had no room in the backlog, another answer, or none
     */
    record Outcome(int asked, int inTime, int turnedAway, int left, Duration time) {
        double perSecond(int count) {
            return count / (time.toMillis() / 1e3);
        }
    }

    /** Lets that many come each second, for that time; returns when the last has left. */
    Outcome come(int perSecond, Duration time) {
        int all = (int) (perSecond * time.toSeconds());
        Tally tally = new Tally();
        long begin = System.nanoTime();
        int asked = 0;
        try {
            while (asked < all || !waiting.isEmpty()) {
                long now = System.nanoTime();
                for (long next = due(begin, asked, perSecond); asked < all && next <= now; ) {
                    enter(next, tally);
                    next = due(begin, ++asked, perSecond);
                }
                leave(now, tally);
                selector.select(key -> hear((Visitor) key.attachment(), tally), 1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Outcome(asked, tally.inTime, tally.turnedAway, tally.left, time);
    }

    private static final class Tally {
        private int inTime;
        private int turnedAway;
        private int left;
    }

    private static long due(long begin, int number, int perSecond) {
        return begin + number * 1_000_000_000L / perSecond;
    }

    private void enter(long now, Tally tally) {
        try {
            Visitor visitor = Visitor.ask(listen, request.duplicate(), now);
            visitor.channel().register(selector, SelectionKey.OP_READ, visitor);
            waiting.add(visitor);
        } catch (IOException e) {
            tally.turnedAway++;
        }
    }

    /** All have the same patience: who came first leaves first. */
    private void leave(long now, Tally tally) {
        for (Visitor first = waiting.peek();
                first != null && (first.isOver() || now - first.came() > patienceNanos);
                first = waiting.peek()) {
            waiting.remove();
            if (!first.isOver()) {
                first.close();
                tally.left++;
            }
        }
    }

    private void hear(Visitor visitor, Tally tally) {
        if (!visitor.read()) {
            return;
        }
        visitor.close();
        if (!visitor.hasAnswer("hello")) {
            tally.turnedAway++;
        } else if (System.nanoTime() - visitor.came() <= patienceNanos) {
            tally.inTime++;
        } else {
            tally.left++;
        }
    }

    @Override
    public void close() throws IOException {
        waiting.forEach(Visitor::close);
        selector.close();
    }
}
