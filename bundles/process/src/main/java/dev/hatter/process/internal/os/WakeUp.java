// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import jnr.ffi.Pointer;

/** An eventfd that wakes the watcher from any thread. */
public final class WakeUp implements AutoCloseable {
    private static final int EFD_CLOEXEC = 02000000;
    private static final int EFD_NONBLOCK = 04000;

    private final Native os;
    private final Descriptor descriptor;
    private final Pointer one;
    private final Pointer drained;
    private boolean closed;

    private WakeUp(Native os, Descriptor descriptor) {
        this.os = os;
        this.descriptor = descriptor;
        this.one = os.allocate(Long.BYTES);
        this.drained = os.allocate(Long.BYTES);
        one.putLong(0, 1);
    }

    public static WakeUp open(Native os) throws SystemCallException {
        int fd = os.check(os.c.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd", 0);
        return new WakeUp(os, new Descriptor(os, fd));
    }

    public Descriptor descriptor() {
        return descriptor;
    }

    /** Does nothing once closed: the number of the descriptor may be somebody else's by then. */
    public synchronized void wake() {
        if (!closed) {
            os.c.write(descriptor.fd(), one, Long.BYTES); // fails only when it is awake already
        }
    }

    /** On the watcher's thread. */
    public void reset() {
        os.c.read(descriptor.fd(), drained, Long.BYTES);
    }

    @Override
    public synchronized void close() {
        closed = true;
        descriptor.close();
    }
}
