// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An open file descriptor, close-on-exec from birth, that is closed once. */
public final class Descriptor implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0100;
    private static final int O_CLOEXEC = 02000000;
    private static final int O_PATH = 010000000;
    // these two differ between the architectures
    private static final int O_DIRECTORY = Arch.IS_X86_64 ? 0200000 : 040000;
    private static final int O_NOFOLLOW = Arch.IS_X86_64 ? 0400000 : 0100000;
    private static final int OWNER_ONLY = 0600;

    private final Native os;
    private final int fd;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Descriptor(Native os, int fd) {
        this.os = os;
        this.fd = fd;
    }

    /** A handle on a directory itself, never on what a symbolic link points to. */
    public static Descriptor ofDirectory(Native os, Path path) throws SystemCallException {
        return open(os, path, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }

    /** Opens a file for reading and writing, made with mode 0600 when it isn't there. */
    public static Descriptor ofFile(Native os, Path path) throws SystemCallException {
        return open(os, path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC);
    }

    private static Descriptor open(Native os, Path path, int flags) throws SystemCallException {
        int fd = os.c.open(CStrings.of(path.toString()), flags, OWNER_ONLY);
        return new Descriptor(os, os.check(fd, "open", path));
    }

    public int fd() {
        return fd;
    }

    /** This descriptor's entry in /proc: for a directory, a path that reaches it however long its own path is. */
    public Path procPath() {
        return Path.of("/proc/self/fd/" + fd);
    }

    /** Opens /dev/null on 0, 1 and 2 where they are closed, so that none of our descriptors can be one of them. */
    public static void occupyStandard(Native os) throws SystemCallException {
        int fd;
        do {
            fd = os.check(os.c.open(CStrings.of("/dev/null"), O_RDWR | O_CLOEXEC, 0), "open", "/dev/null");
        } while (fd <= 2);
        os.c.close(fd);
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            os.c.close(fd); // the descriptor is gone whatever it returns
        }
    }
}
