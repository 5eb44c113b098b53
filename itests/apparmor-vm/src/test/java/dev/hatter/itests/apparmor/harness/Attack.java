// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What code in a worker of pool A tries: {@code src/test/resources/guest/attack.php} has one of each name. */
public enum Attack {
    READ(Kind.REACH, "read a file of pool B (mode 0644)"),
    LIST(Kind.REACH, "list pool B's directory (mode 0755)"),
    WRITE(Kind.REACH, "write into pool B's upload directory (mode 0777)"),
    CONNECT_LISTEN(Kind.REACH, "connect to pool B's `listen` socket (mode 0666)"),
    CONNECT_WORKER(Kind.REACH, "connect to the socket of pool B's worker"),
    SIGNAL_WORKER(Kind.REACH, "send a signal to pool B's worker"),
    SIGNAL_MANAGER(Kind.REACH, "send a signal to the manager"),
    ENVIRON_WORKER(Kind.REACH, "read the environment of pool B's worker"),
    MEM_WORKER(Kind.REACH, "open the memory of pool B's worker"),
    MEM_MANAGER(Kind.REACH, "open the manager's memory"),
    PTRACE_WORKER(Kind.REACH, "ptrace pool B's worker"),
    PTRACE_MANAGER(Kind.REACH, "ptrace the manager"),
    TO_PARENT(Kind.CHANGE, "`changeprofile` to the manager's profile"),
    TO_UNCONFINED(Kind.CHANGE, "`changeprofile unconfined`, by /proc/thread-self/attr/current"),
    TO_UNCONFINED_SELF(Kind.CHANGE, "the same, by /proc/self/attr/current"),
    TO_UNCONFINED_APPARMOR(Kind.CHANGE, "the same, by /proc/self/attr/apparmor/current"),
    TO_OTHER(Kind.CHANGE, "`changeprofile` to pool B's hat"),
    TO_OTHER_BY_CHANGEHAT(Kind.CHANGE, "`changehat` to pool B's hat"),
    GUESS_BACK(Kind.CHANGE, "`changehat` back, with 5,000 random tokens"),
    GUESS_OTHER(Kind.CHANGE, "`changehat` to pool B's hat, with 5,000 random tokens"),
    STACK(Kind.CHANGE, "`stack unconfined`"),
    EXEC_UNCONFINED(Kind.RUN, "`exec unconfined`, then a shell"),
    SHELL(Kind.RUN, "a shell"),
    SETPRIV(Kind.RUN, "`setpriv --apparmor-profile unconfined`, with a shell"),
    AA_EXEC(Kind.RUN, "`aa-exec -p unconfined`, with a shell"),
    AA_EXEC_PARENT(Kind.RUN, "`aa-exec -p` of the manager's profile, with a shell");

    /** What it is after. */
    public enum Kind {
        /** Somebody else's file or process. */
        REACH,
        /** Another label for its own process. */
        CHANGE,
        /** Another label for a program that it starts. */
        RUN
    }

    private final Kind kind;
    private final String title;

    Attack(Kind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    public Kind kind() {
        return kind;
    }

    public String title() {
        return title;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For the guest: a line for each. */
    static String keys() {
        return Stream.of(values()).map(attack -> attack.key() + "\n").collect(Collectors.joining());
    }
}
