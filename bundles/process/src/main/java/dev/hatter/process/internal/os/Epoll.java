// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.lang.ref.Reference;
import jnr.ffi.Pointer;

/** An epoll instance: which of many descriptors can be read, each known by a key of the caller's. */
public final class Epoll implements AutoCloseable {
    private static final int CLOEXEC = 02000000;
    private static final int ADD = 1;
    private static final int DEL = 2;
    private static final int EPOLLIN = 1;
    private static final int BATCH = 64;

    // struct epoll_event is packed on x86_64 only
    private static final int DATA_OFFSET = Arch.IS_X86_64 ? 4 : 8;
    private static final int EVENT_SIZE = DATA_OFFSET + Long.BYTES;

    private final Native os;
    private final Descriptor descriptor;
    private final Pointer events;

    private Epoll(Native os, Descriptor descriptor) {
        this.os = os;
        this.descriptor = descriptor;
        this.events = os.allocate(BATCH * EVENT_SIZE);
    }

    public static Epoll open(Native os) throws SystemCallException {
        return new Epoll(
                os, new Descriptor(os, os.check(os.c.epoll_create1(CLOEXEC), "epoll_create1", "EPOLL_CLOEXEC")));
    }

    /** From any thread. Reports the descriptor, by that key, as long as it can be read or its other side is gone. */
    public void add(Descriptor watched, long key) throws SystemCallException {
        Pointer event = os.allocate(EVENT_SIZE);
        event.putInt(0, EPOLLIN);
        event.putLong(DATA_OFFSET, key);
        int result = os.c.epoll_ctl(descriptor.fd(), ADD, watched.fd(), event);
        Reference.reachabilityFence(event); // its memory goes with it
        os.check(result, "epoll_ctl", "EPOLL_CTL_ADD");
    }

    /** Before the descriptor is closed. */
    public void remove(Descriptor watched) throws SystemCallException {
        os.check(os.c.epoll_ctl(descriptor.fd(), DEL, watched.fd(), null), "epoll_ctl", "EPOLL_CTL_DEL");
    }

    /**
     * Waits, on one thread at a time.
     *
     * @param timeoutMillis -1 without limit
     * @return the keys of those that are ready; none when the time is over
     */
    public long[] await(int timeoutMillis) throws SystemCallException {
        int count = os.c.epoll_wait(descriptor.fd(), events, BATCH, timeoutMillis);
        if (count < 0 && os.errno() == Native.EINTR) {
            return new long[0];
        }
        os.check(count, "epoll_wait", descriptor.fd());
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = events.getLong((long) i * EVENT_SIZE + DATA_OFFSET);
        }
        return keys;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
