// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

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
     * ones in a set-user-id program. setpriv still runs as root, so it must not see them.
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

    /** The first program of the chain with all arguments, and the environment it starts with. */
    record Link(List<String> argv, List<String> environment) {}

    Link build(Optional<Account> account, Path program, List<String> arguments, Map<String, String> environment) {
        Map<Boolean, List<String>> variables = environment.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        variable -> account.isPresent() && isUnsafe(variable.getKey()),
                        Collectors.mapping(v -> v.getKey() + "=" + v.getValue(), Collectors.toList())));
        List<String> argv = new ArrayList<>();
        addSetpriv(argv, account);
        addEnv(argv, variables.get(true));
        argv.add(program.toString());
        argv.addAll(arguments);
        return new Link(List.copyOf(argv), variables.get(false));
    }

    static boolean isUnsafe(String variable) {
        return variable.startsWith("LD_") || variable.startsWith("MALLOC_") || UNSAFE.contains(variable);
    }

    /**
     * The parent-death signal is the last thing setpriv sets, since a change of identity clears it. The bounding set is
     * left alone: without it the set-user-id mailers that PHP's mail() calls can't work, and no process of another user
     * gains anything by it otherwise.
     */
    private void addSetpriv(List<String> argv, Optional<Account> account) {
        if (tools.setpriv().isEmpty()) {
            return; // Planner refuses an identity then; an orphan is found by the run directory
        }
        argv.add(tools.setpriv().get().toString());
        account.ifPresent(a -> addIdentity(argv, a));
        argv.addAll(List.of("--inh-caps=-all", "--pdeathsig", "KILL", "--"));
    }

    private static void addIdentity(List<String> argv, Account account) {
        argv.addAll(List.of("--reuid", Integer.toUnsignedString(account.uid())));
        argv.addAll(List.of("--regid", Integer.toUnsignedString(account.gid())));
        String groups = account.groups().stream()
                .map(Integer::toUnsignedString)
                .sorted()
                .collect(Collectors.joining(","));
        argv.addAll(List.of("--groups", groups));
    }

    private void addEnv(List<String> argv, List<String> unsafe) {
        if (!unsafe.isEmpty()) {
            argv.add(tools.env().orElseThrow().toString());
            argv.addAll(unsafe);
        }
    }
}
