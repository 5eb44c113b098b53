// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import dev.hatter.process.ExitStatus;
import dev.hatter.process.Signal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import jnr.ffi.Pointer;

/**
 * Signals to processes and the exits of our own. Waits only ever for one process by its id: the JVM has other children,
 * which are not ours to reap.
 */
public class Children {
    // the same numbers on every architecture
    private static final int PIDFD_SEND_SIGNAL = 424;
    private static final int PIDFD_OPEN = 434;

    private static final int P_PID = 1;
    private static final int WNOHANG = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;
    private static final int SIGINFO_SIZE = 128;
    private static final int SIGCHLD = 17;
    private static final int STATUS_LOST = 255;

    private final Native os;

    public Children(Native os) {
        this.os = os;
    }

    /** Where SIGCHLD was inherited as ignored, the kernel would reap for us and the exit status be lost. */
    public void keepExitStatus() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            boolean ignored = status.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> new BigInteger(line.substring(7).strip(), 16))
                    .anyMatch(signals -> signals.testBit(SIGCHLD - 1));
            if (ignored) {
                os.c.signal(SIGCHLD, null); // SIG_DFL
            }
        }
    }

    /** Signals that process; says whether it was there. */
    public boolean signal(int pid, int signal) {
        return os.c.kill(pid, signal) == 0;
    }

    /** Signals that process group; says whether there was one. */
    public boolean signalGroup(int pid, int signal) {
        return os.c.kill(-pid, signal) == 0;
    }

    /**
     * A descriptor that becomes readable when the process has exited; empty where the kernel (before 5.3) or a system
     * call filter doesn't know pidfd_open.
     */
    public Optional<Descriptor> watch(int pid) throws SystemCallException {
        int fd = (int) os.c.syscall(PIDFD_OPEN, pid, 0, 0, 0);
        if (fd >= 0) {
            return Optional.of(new Descriptor(os, fd));
        }
        int errno = os.errno();
        if (errno == Native.ENOSYS || errno == Native.EPERM) {
            return Optional.empty();
        }
        throw os.failed(errno, "pidfd_open", pid);
    }

    /**
     * Signals a process that isn't our child, and so can be gone at any time: the condition is asked for when a
     * descriptor holds on to the very process that is going to be signalled.
     */
    public void signalIf(int pid, int signal, BooleanSupplier isTheOne) {
        int fd = (int) os.c.syscall(PIDFD_OPEN, pid, 0, 0, 0);
        boolean unknownCall = fd < 0 && os.errno() != Native.ESRCH;
        if (fd >= 0) {
            try (Descriptor pidfd = new Descriptor(os, fd)) {
                if (isTheOne.getAsBoolean()) {
                    os.c.syscall(PIDFD_SEND_SIGNAL, pidfd.fd(), signal, 0, 0);
                }
            }
        } else if (unknownCall && isTheOne.getAsBoolean()) {
            os.c.kill(pid, signal);
        }
    }

    /** Whether a child of ours has exited; it is not reaped by that. */
    public boolean hasExited(int pid) {
        Pointer info = os.allocate(SIGINFO_SIZE);
        int result = os.c.waitid(P_PID, pid, info, WEXITED | WNOHANG | WNOWAIT);
        return result != 0 || info.getInt(0) == SIGCHLD;
    }

    /** Reaps a child of ours, waiting for its exit. From then on its id may be another process's. */
    public ExitStatus reap(int pid) {
        int[] status = new int[1];
        int result;
        do {
            result = os.c.waitpid(pid, status, 0);
        } while (result == -1 && os.errno() == Native.EINTR);
        // somebody else reaped it; nothing is known but that it is gone
        return result == pid ? decode(status[0]) : new ExitStatus.Exited(STATUS_LOST);
    }

    /** Ends and reaps a child that nobody knows yet, with its group. */
    public void destroy(int pid) {
        signalGroup(pid, Signal.KILL);
        reap(pid);
    }

    static ExitStatus decode(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new ExitStatus.Exited(status >> 8 & 0xff)
                : new ExitStatus.Signalled(signal, (status & 0x80) != 0);
    }
}
