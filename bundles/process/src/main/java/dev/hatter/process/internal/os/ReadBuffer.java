// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import jnr.ffi.Pointer;

/** What all pipes are read into, one after the other, on the watcher's thread. */
public final class ReadBuffer {
    /** Bytes of one read. */
    public static final int SIZE = 16 << 10;

    private final Native os;
    private final Pointer memory;
    private final byte[] bytes = new byte[SIZE];

    public ReadBuffer(Native os) {
        this.os = os;
        this.memory = os.allocate(SIZE);
    }

    /** Reads once: the count of bytes, 0 at the end, or {@link Pipe#NOTHING}. */
    public int fill(Descriptor readEnd) throws SystemCallException {
        int count = Pipe.read(os, readEnd, memory, SIZE);
        if (count > 0) {
            memory.get(0, bytes, 0, count);
        }
        return count;
    }

    /** What was read, valid until the next read. */
    public byte[] bytes() {
        return bytes;
    }
}
