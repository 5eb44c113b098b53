// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.Epoll;
import dev.hatter.process.internal.os.Native;
import dev.hatter.process.internal.os.SystemCallException;
import dev.hatter.process.internal.os.WakeUp;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for all processes: descriptors that become readable, timers, and tasks of other threads. */
public final class Watcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final long WAKE_KEY = 0;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final Epoll epoll;
    private final WakeUp wakeUp;
    private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong(WAKE_KEY);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Timers timers = new Timers();
    private final Thread thread = new Thread(this::run, "hatter-process-watcher");
    private volatile boolean stopped;

    private Watcher(Epoll epoll, WakeUp wakeUp) {
        this.epoll = epoll;
        this.wakeUp = wakeUp;
        thread.setDaemon(true);
    }

    /** A running watcher. */
    public static Watcher start(Native os) throws SystemCallException {
        Epoll epoll = Epoll.open(os);
        try {
            WakeUp wakeUp = WakeUp.open(os);
            epoll.add(wakeUp.descriptor(), WAKE_KEY);
            Watcher watcher = new Watcher(epoll, wakeUp);
            watcher.handlers.put(WAKE_KEY, wakeUp::reset);
            watcher.thread.start();
            return watcher;
        } catch (SystemCallException e) {
            epoll.close();
            throw e;
        }
    }

    /**
     * From any thread: calls the handler, on the watcher's thread, whenever the descriptor can be read.
     *
     * @return the key for {@link #remove}
     */
    public long add(Descriptor descriptor, Runnable handler) throws SystemCallException {
        long key = keys.incrementAndGet(); // never used twice: an event of a closed descriptor finds no handler
        handlers.put(key, handler);
        try {
            epoll.add(descriptor, key);
            return key;
        } catch (SystemCallException e) {
            handlers.remove(key);
            throw e;
        }
    }

    /** Before the descriptor is closed. */
    public void remove(Descriptor descriptor, long key) {
        handlers.remove(key);
        try {
            epoll.remove(descriptor);
        } catch (SystemCallException e) {
            LOG.warn("can't stop watching descriptor {}: {}", descriptor.fd(), e.getMessage());
        }
    }

    /** From any thread: runs the task on the watcher's thread, soon; never once the watcher is closed. */
    public void execute(Runnable task) {
        tasks.add(task);
        wakeUp.wake();
    }

    /** From any thread: runs the task on the watcher's thread after that time. */
    public void after(Duration delay, Runnable task) {
        long due = System.nanoTime() + saturatedNanos(delay);
        execute(() -> timers.add(due, task));
    }

    private static long saturatedNanos(Duration delay) {
        Duration longest = Duration.ofDays(365);
        return (delay.compareTo(longest) > 0 ? longest : delay).toNanos();
    }

    private void run() {
        try {
            while (!stopped) {
                turn();
            }
        } catch (SystemCallException e) {
            LOG.error("processes are no longer watched: {}", e.getMessage(), e);
        }
    }

    private void turn() throws SystemCallException {
        for (long key : epoll.await(timers.millisToNext(System.nanoTime()))) {
            guarded(handlers.get(key));
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
        long now = System.nanoTime();
        for (Runnable due = timers.next(now); due != null; due = timers.next(now)) {
            guarded(due);
        }
    }

    /** What goes wrong with one process must not keep the others from being watched. */
    private static void guarded(Runnable action) {
        if (action == null) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("unexpected error while watching processes", e);
        }
    }

    /** Ends the thread; descriptors that are still added aren't closed. */
    @Override
    public void close() {
        stopped = true;
        wakeUp.wake();
        if (!ended()) {
            LOG.warn("the watcher's thread is still busy after {} s; left behind", LONGEST_STOP.toSeconds());
            return; // it uses the descriptors
        }
        wakeUp.close();
        epoll.close();
    }

    private boolean ended() {
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
