// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import jnr.ffi.LibraryLoader;

/** A descriptor that any child of the JVM inherits unless it takes care. */
record NonCloexecDescriptor(int fd) implements AutoCloseable {
    private static final C LIBC = LibraryLoader.create(C.class).load("c");

    /** What of the C library is needed for it. */
    public interface C {
        int dup(int fd);

        int close(int fd);
    }

    static NonCloexecDescriptor open() {
        return new NonCloexecDescriptor(LIBC.dup(2)); // dup clears close-on-exec
    }

    @Override
    public void close() {
        LIBC.close(fd);
    }
}
