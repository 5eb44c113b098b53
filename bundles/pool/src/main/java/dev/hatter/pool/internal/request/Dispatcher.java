// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.pool.internal.worker.Slot;
import dev.hatter.pool.internal.worker.SlotListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings requests and slots together: the newest idle slot first (its caches are warm), else a bounded queue, first in first
 * out, and behind it those whose clients have gone. Lives on the pool's event loop.
 */
public final class Dispatcher implements SlotListener {
    private final ArrayDeque<Slot> idle = new ArrayDeque<>();
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>();
    /** Those that nobody waits for any more, and that may run when nobody else waits. */
    private final ArrayDeque<Exchange> last = new ArrayDeque<>();

    private final Counters counters;
    private int queueLimit;
    private String closed;
    private Consumer<Exchange> elsewhere;
    private Runnable waitingListener = () -> {};

    public Dispatcher(int queueLimit, Counters counters) {
        this.queueLimit = queueLimit;
        this.counters = counters;
    }

    /** Sets who hears that a request has to wait. */
    public void onWaiting(Runnable listener) {
        waitingListener = listener;
    }

    /** How many requests may wait from now on. */
    public void limitQueue(int limit) {
        queueLimit = limit;
    }

    /** How many requests wait. */
    public int queued() {
        return queue.size() + last.size();
    }

    /**
     * Answers the requests that wait, and those to come, with 503.
     *
     * @param reason why, for the web server's log
     */
    public void close(String reason) {
        closed = reason;
        takeAll().forEach(exchange -> exchange.reject(reason));
    }

    /** Sends the requests that wait, and those to come, elsewhere. */
    void forward(Consumer<Exchange> to) {
        elsewhere = to;
        takeAll().forEach(to);
    }

    private List<Exchange> takeAll() {
        List<Exchange> all = new ArrayList<>(queue);
        all.addAll(last);
        queue.clear();
        last.clear();
        return all;
    }

    /** Takes requests again. */
    public void open() {
        closed = null;
    }

    /** Answers those that have waited for longer than that. The longest waiting stand first, but for a few sent back. */
    public void expire(long timeoutNanos) {
        long now = System.nanoTime();
        while (!queue.isEmpty() && now - queue.peekFirst().waitingSinceNanos() > timeoutNanos) {
            queue.pollFirst().expire();
        }
        List<Exchange> late = last.stream()
                .filter(exchange -> now - exchange.waitingSinceNanos() > timeoutNanos)
                .toList();
        last.removeAll(late);
        late.forEach(Exchange::expire);
    }

    /** Gives that request to a worker, or lets it wait. */
    void submit(Exchange exchange) {
        if (isTaken(exchange)) {
            return;
        }
        if (queued() >= queueLimit && !dropLeft()) {
            exchange.reject("the queue is full: " + queued() + " requests wait (listen.backlog = " + queueLimit + ")");
            return;
        }
        (exchange.goesLast() ? last : queue).addLast(exchange);
        counters.onQueued(queued());
        waitingListener.run();
    }

    /** Lets a request that was given a worker in vain go before all others of its kind. */
    void resubmit(Exchange exchange) {
        if (!isTaken(exchange)) {
            (exchange.goesLast() ? last : queue).addFirst(exchange);
            waitingListener.run();
        }
    }

    /** Whether it needs not wait: there is a worker for it, another dispatcher, or none will come. */
    private boolean isTaken(Exchange exchange) {
        Slot slot = idle.pollFirst();
        if (slot != null) {
            exchange.run(slot);
        } else if (elsewhere != null) {
            elsewhere.accept(exchange);
        } else if (closed != null) {
            exchange.reject(closed);
        } else {
            return false;
        }
        return true;
    }

    /** Makes room in a full queue at the expense of a request that nobody waits for, the oldest; false if there is none. */
    private boolean dropLeft() {
        Exchange oldest = last.isEmpty()
                ? queue.stream().filter(Exchange::isLeft).findFirst().orElse(null)
                : last.peekFirst();
        if (oldest == null) {
            return false;
        }
        withdraw(oldest);
        oldest.reject("the queue is full, and its client has gone");
        return true;
    }

    /** The client of a request that waits here has gone; the request is to run all the same. */
    void onLeft(Exchange exchange) {
        if (exchange.goesLast()) {
            queue.remove(exchange);
            last.addLast(exchange);
        }
    }

    /** Another request has begun on a connection that is shared: those that wait may have stopped it from being read. */
    public void onConnectionShared() {
        List.copyOf(queue).forEach(Exchange::holdBody);
    }

    /** That request doesn't wait any more. */
    void withdraw(Exchange exchange) {
        if (!last.remove(exchange)) {
            queue.remove(exchange);
        }
    }

    @Override
    public void onIdle(Slot slot) {
        Exchange next = queue.isEmpty() ? last.pollFirst() : queue.pollFirst();
        if (next != null) {
            next.run(slot);
        } else {
            idle.addFirst(slot);
        }
    }

    @Override
    public void onWithdrawn(Slot slot) {
        idle.remove(slot);
    }
}
