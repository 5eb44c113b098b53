// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;

/** A system call failed; the message says which, on what, and the error in words and by number. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    SystemCallException(String call, Object subject, int errno, String words) {
        super(call + "(" + subject + ") failed: " + words + " (errno " + errno + ")");
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
