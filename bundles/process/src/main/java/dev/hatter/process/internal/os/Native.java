// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The C library, loaded once, and how its return codes are checked. */
public final class Native {
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOSYS = 38;
    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int EBADF = 9;
    static final int ERANGE = 34;

    private static Native loaded;

    final LibC c;
    final Runtime runtime;

    private Native(LibC c) {
        this.c = c;
        this.runtime = Runtime.getRuntime(c);
    }

    /**
     * The one instance, loaded at the first call.
     *
     * @throws IOException when the native part can't be loaded
     */
    public static synchronized Native load() throws IOException {
        if (loaded == null) {
            loaded = new Native(loadLibrary());
        }
        return loaded;
    }

    private static LibC loadLibrary() throws IOException {
        try {
            return LibraryLoader.create(LibC.class).failImmediately().load("c");
        } catch (LinkageError | RuntimeException e) {
            String tmp = System.getProperty("java.io.tmpdir");
            throw new IOException(
                    "the native calls (jffi) can't be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + e
                            + "; Linux with glibc 2.34 or later on x86_64 or aarch64 is needed, and java.io.tmpdir ("
                            + tmp
                            + ") must be writable and not mounted noexec, or set -Djffi.extract.dir",
                    e);
        }
    }

    Pointer allocate(int size) {
        return Memory.allocateDirect(runtime, size, true);
    }

    int errno() {
        return LastError.getLastError(runtime);
    }

    /** Hands a result on; -1 becomes the exception for errno. */
    int check(int result, String call, Object subject) throws SystemCallException {
        if (result == -1) {
            throw failed(errno(), call, subject);
        }
        return result;
    }

    /** For the calls that return the error itself. */
    void checkCode(int errno, String call, Object subject) throws SystemCallException {
        if (errno != 0) {
            throw failed(errno, call, subject);
        }
    }

    SystemCallException failed(int errno, String call, Object subject) {
        return new SystemCallException(call, subject, errno, c.strerror(errno).getString(0));
    }
}
