// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import jnr.ffi.Pointer;

/** A pipe: the end we read never blocks, the end that a process writes to does. */
public record Pipe(Descriptor readEnd, Descriptor writeEnd) implements AutoCloseable {
    private static final int O_CLOEXEC = 02000000;
    private static final int O_NONBLOCK = 04000;
    private static final int F_SETFL = 4;

    /** What {@link #read} returns when there is nothing now. */
    public static final int NOTHING = -1;

    public static Pipe open(Native os) throws SystemCallException {
        int[] ends = new int[2];
        os.check(os.c.pipe2(ends, O_CLOEXEC), "pipe2", "O_CLOEXEC");
        Pipe pipe = new Pipe(new Descriptor(os, ends[0]), new Descriptor(os, ends[1]));
        try {
            os.check(os.c.fcntl(ends[0], F_SETFL, O_NONBLOCK), "fcntl", "F_SETFL, O_NONBLOCK");
            return pipe;
        } catch (SystemCallException e) {
            pipe.close();
            throw e;
        }
    }

    /** Reads into that memory: the count of bytes, 0 at the end, or {@link #NOTHING}. */
    static int read(Native os, Descriptor readEnd, Pointer buffer, int length) throws SystemCallException {
        int count = (int) os.c.read(readEnd.fd(), buffer, length);
        if (count >= 0) {
            return count;
        }
        int errno = os.errno();
        if (errno == Native.EAGAIN || errno == Native.EINTR) {
            return NOTHING;
        }
        throw os.failed(errno, "read", "pipe " + readEnd.fd());
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
