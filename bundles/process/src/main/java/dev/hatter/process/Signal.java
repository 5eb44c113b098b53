// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** The signals Hatter sends or reports, with their Linux numbers. */
public final class Signal {
    public static final int TERM = 15;
    public static final int KILL = 9;

    private static final String[] NAMES = {
        "0",
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGKILL",
        "SIGUSR1",
        "SIGSEGV",
        "SIGUSR2",
        "SIGPIPE",
        "SIGALRM",
        "SIGTERM",
        "SIGSTKFLT",
        "SIGCHLD",
        "SIGCONT",
        "SIGSTOP",
        "SIGTSTP",
        "SIGTTIN",
        "SIGTTOU",
        "SIGURG",
        "SIGXCPU",
        "SIGXFSZ",
        "SIGVTALRM",
        "SIGPROF",
        "SIGWINCH",
        "SIGIO",
        "SIGPWR",
        "SIGSYS"
    };

    private Signal() {}

    /** The name of a signal's number, as php-fpm's log has it ("SIGSEGV"). */
    public static String nameOf(int signal) {
        return signal >= 0 && signal < NAMES.length ? NAMES[signal] : "signal " + signal;
    }
}
