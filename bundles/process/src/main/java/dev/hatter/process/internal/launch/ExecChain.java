// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Limits;
import dev.hatter.process.internal.os.Account;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The programs that exec one another until the worker runs: each takes something away. Whatever is to be done to a
 * process between its start and the worker's first instruction belongs here.
 */
final class ExecChain {
    /**
     * What makes the dynamic loader or the C library load or read files, besides all of LD_*: glibc ignores the same
     * ones in a set-user-id program. The tools still have Hatter's privileges, so they must not see them.
     */
    private static final Set<String> UNSAFE = Set.of(
            "GCONV_PATH",
            "GETCONF_DIR",
            "GLIBC_TUNABLES",
            "HOSTALIASES",
            "LOCALDOMAIN",
            "LOCPATH",
            "NIS_PATH",
            "NLSPATH",
            "RESOLV_HOST_CONF",
            "RES_OPTIONS",
            "TMPDIR",
            "TZDIR");

    private final Tools tools;

    ExecChain(Tools tools) {
        this.tools = tools;
    }

    /**
     * What is to be done to a process, in the end.
     *
     * @param account whom it becomes; empty to stay what Hatter is
     * @param privileged whether it starts with privileges that the worker must not have
     * @param root its root directory; null for Hatter's own
     * @param directory its working directory, inside of the root
     * @param niceStep what is added to Hatter's own nice value
     * @param confinement setpriv's options that confine what follows it; empty for none
     */
    record Dress(
            Optional<Account> account,
            boolean privileged,
            Path root,
            Path directory,
            Limits limits,
            int niceStep,
            List<String> confinement) {
        /**
         * Whether unsafe variables are set by env behind setpriv: the tools before it have privileges, and the kernel has
         * the loader drop them where a program gets confined.
         */
        boolean setsLate() {
            return privileged || !confinement.isEmpty();
        }
    }

    /** The first program of the chain with all arguments, and the environment it starts with. */
    record Link(List<String> argv, List<String> environment) {}

    Link build(Dress dress, Path program, List<String> arguments, Map<String, String> environment) {
        Map<Boolean, List<String>> variables = environment.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        variable -> dress.setsLate() && isUnsafe(variable.getKey()),
                        Collectors.mapping(v -> v.getKey() + "=" + v.getValue(), Collectors.toList())));
        List<String> argv = new ArrayList<>();
        addPrlimit(argv, dress.limits());
        addNice(argv, dress.niceStep());
        addSetpriv(argv, dress);
        if (dress.root() != null) {
            addUnshare(argv, dress);
        }
        addEnv(argv, variables.get(true));
        argv.add(program.toString());
        argv.addAll(arguments);
        return new Link(List.copyOf(argv), variables.get(false));
    }

    static boolean isUnsafe(String variable) {
        return variable.startsWith("LD_") || variable.startsWith("MALLOC_") || UNSAFE.contains(variable);
    }

    /**
     * Whether a variable can't be given to a process that changes its root directory. There is no env inside to set the
     * unsafe ones late; and unshare, still root, would look for the translation of an error message inside, and for code to
     * convert it with: its locale must be C.
     */
    static boolean isUnsafeInRoot(String variable) {
        return isUnsafe(variable)
                || variable.startsWith("LC_")
                || variable.equals("LANG")
                || variable.equals("LANGUAGE")
                || variable.equals("OUTPUT_CHARSET");
    }

    private void addPrlimit(List<String> argv, Limits limits) {
        if (limits.files() == null && limits.core() == null) {
            return;
        }
        argv.add(tools.prlimit().orElseThrow().toString());
        if (limits.files() != null) {
            argv.add("--nofile=" + limits.files() + ":" + limits.files());
        }
        if (limits.core() != null) {
            String core = limits.core() == Limits.UNLIMITED
                    ? "unlimited"
                    : limits.core().toString();
            argv.add("--core=" + core + ":" + core);
        }
        argv.add("--");
    }

    private void addNice(List<String> argv, int step) {
        if (step != 0) {
            argv.addAll(List.of(tools.nice().orElseThrow().toString(), "-n", Integer.toString(step), "--"));
        }
    }

    /**
     * The parent-death signal is the last thing setpriv sets, since a change of identity clears it. The bounding set is
     * left alone: without it the set-user-id mailers that PHP's mail() calls can't work, and no process of another user
     * gains anything by it otherwise.
     */
    private void addSetpriv(List<String> argv, Dress dress) {
        if (tools.setpriv().isEmpty()) {
            return; // Planner refuses it where there is a privilege to take; an orphan is found by the run directory
        }
        argv.add(tools.setpriv().get().toString());
        dress.account().ifPresent(account -> addIdentity(argv, account, dress.root() == null));
        // dropped by name: a change from one ordinary user to another takes no capability away
        argv.addAll(List.of("--inh-caps=-all", "--ambient-caps=-all", "--pdeathsig", "KILL"));
        argv.addAll(dress.confinement());
        argv.add("--");
    }

    private static void addIdentity(List<String> argv, Account account, boolean user) {
        if (user) {
            argv.addAll(List.of("--reuid", Integer.toUnsignedString(account.uid())));
        }
        argv.addAll(List.of("--regid", Integer.toUnsignedString(account.gid())));
        String groups = account.groups().stream()
                .map(Integer::toUnsignedString)
                .sorted()
                .collect(Collectors.joining(","));
        argv.addAll(List.of("--groups", groups));
    }

    /**
     * Only root may change its root directory, so the user is changed after it, by the same program; that clears the
     * parent-death signal. Not coreutils' chroot, which can't enter a working directory inside.
     */
    private void addUnshare(List<String> argv, Dress dress) {
        argv.add(tools.unshare().orElseThrow().toString());
        argv.add("--root=" + dress.root());
        argv.add("--wd=" + dress.directory());
        dress.account().ifPresent(a -> argv.add("--setuid=" + Integer.toUnsignedString(a.uid())));
        argv.add("--");
    }

    private void addEnv(List<String> argv, List<String> unsafe) {
        if (!unsafe.isEmpty()) {
            argv.add(tools.env().orElseThrow().toString());
            argv.addAll(unsafe);
        }
    }
}
