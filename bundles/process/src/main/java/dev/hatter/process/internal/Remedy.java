// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.internal.os.SystemCallException;
import java.io.IOException;

/** What an operator can do about a system call that failed. */
final class Remedy {
    private static final int E2BIG = 7;
    private static final int ENOEXEC = 8;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int ENOSPC = 28;

    private Remedy() {}

    /** A clause to append to the message; empty when there is no advice. */
    static String of(IOException failure) {
        int errno = failure instanceof SystemCallException call ? call.errno() : 0;
        return switch (errno) {
            case E2BIG -> "; make its arguments or its environment shorter";
            case ENOEXEC -> "; it is no program for this machine, or a script without a #! line";
            case EAGAIN -> "; raise Hatter's limit of processes (ulimit -u, systemd's TasksMax)";
            case ENOMEM -> "; the machine, or Hatter's control group, has no memory left";
            case ENFILE, EMFILE -> "; raise Hatter's limit of open files (ulimit -n, systemd's LimitNOFILE)";
            case ENOSPC -> "; make room in the run directory";
            default -> "";
        };
    }
}
