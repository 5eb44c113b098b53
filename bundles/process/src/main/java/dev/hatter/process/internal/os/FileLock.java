// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that one process at a time holds, by flock(2). Not the lock of java.nio: that one is lost as soon as anybody in
 * the JVM closes another channel on the file.
 */
public final class FileLock {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private FileLock() {}

    /** The descriptor that holds the lock until it is closed; empty when somebody else has it. */
    public static Optional<Descriptor> tryLock(Native os, Path file) throws IOException {
        Descriptor descriptor = Descriptor.ofFile(os, file);
        if (os.c.flock(descriptor.fd(), LOCK_EX | LOCK_NB) == 0) {
            return Optional.of(descriptor);
        }
        int errno = os.errno();
        descriptor.close();
        if (errno == Native.EAGAIN) {
            return Optional.empty();
        }
        throw os.failed(errno, "flock", file);
    }
}
