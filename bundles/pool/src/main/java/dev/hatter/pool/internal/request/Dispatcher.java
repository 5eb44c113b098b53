// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.pool.internal.worker.Slot;
import dev.hatter.pool.internal.worker.SlotListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings requests and slots together: the newest idle slot first (its caches are warm), else a bounded queue, first in first
 * out. Lives on the pool's event loop.
 */
public final class Dispatcher implements SlotListener {
    private final ArrayDeque<Slot> idle = new ArrayDeque<>();
    private final ArrayDeque<Exchange> queue = new ArrayDeque<>();
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
        return queue.size();
    }

    /**
     * Answers the requests that wait, and those to come, with 503.
     *
     * @param reason why, for the web server's log
     */
    public void close(String reason) {
        closed = reason;
        List<Exchange> waiting = List.copyOf(queue);
        queue.clear();
        waiting.forEach(exchange -> exchange.reject(reason));
    }

    /** Sends the requests that wait, and those to come, elsewhere. */
    void forward(Consumer<Exchange> to) {
        elsewhere = to;
        List<Exchange> waiting = List.copyOf(queue);
        queue.clear();
        waiting.forEach(to);
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
    }

    /** Gives that request to a worker, or lets it wait. */
    void submit(Exchange exchange) {
        Slot slot = idle.pollFirst();
        if (slot != null) {
            exchange.run(slot);
        } else if (elsewhere != null) {
            elsewhere.accept(exchange);
        } else if (closed != null) {
            exchange.reject(closed);
        } else if (queue.size() >= queueLimit) {
            exchange.reject(
                    "the queue is full: " + queue.size() + " requests wait (listen.backlog = " + queueLimit + ")");
        } else {
            queue.addLast(exchange);
            counters.onQueued(queue.size());
            waitingListener.run();
        }
    }

    /** Lets a request that was given a worker in vain go before all others. */
    void resubmit(Exchange exchange) {
        Slot slot = idle.pollFirst();
        if (slot != null) {
            exchange.run(slot);
        } else if (elsewhere != null) {
            elsewhere.accept(exchange);
        } else if (closed != null) {
            exchange.reject(closed);
        } else {
            queue.addFirst(exchange);
            waitingListener.run();
        }
    }

    /** Another request has begun on a connection that is shared: those that wait may have stopped it from being read. */
    public void onConnectionShared() {
        List.copyOf(queue).forEach(Exchange::holdBody);
    }

    /** That request doesn't wait any more. */
    void withdraw(Exchange exchange) {
        queue.remove(exchange);
    }

    @Override
    public void onIdle(Slot slot) {
        Exchange next = queue.pollFirst();
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
