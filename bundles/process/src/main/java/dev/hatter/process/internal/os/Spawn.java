// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import jnr.ffi.Pointer;

/**
 * posix_spawn: everything between fork and exec happens in the C library. The process gets a session of its own, an empty
 * signal mask, default signal handlers, and no descriptor but 0, 1 and 2.
 */
public final class Spawn {
    // sizeof is 336 and 80 in glibc on 64 bit; both have spare room inside already
    private static final int ATTRIBUTES_SIZE = 512;
    private static final int ACTIONS_SIZE = 256;
    private static final int SIGSET_SIZE = 128;

    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;

    private final Native os;

    public Spawn(Native os) {
        this.os = os;
    }

    /** What becomes of 0, 1 and 2. */
    public record Standard(Descriptor in, Descriptor out, Descriptor err) {}

    /**
     * Starts a program.
     *
     * @param argv its first element is the absolute path of the program
     * @param environment "NAME=value" each, the whole environment
     * @return the process id
     */
    public int start(List<String> argv, List<String> environment, Path directory, Standard standard)
            throws SystemCallException {
        Pointer attributes = os.allocate(ATTRIBUTES_SIZE);
        check(os.c.posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try {
            configure(attributes);
            return startWith(attributes, argv, environment, directory, standard);
        } finally {
            os.c.posix_spawnattr_destroy(attributes);
        }
    }

    private void configure(Pointer attributes) throws SystemCallException {
        short flags = SETSIGDEF | SETSIGMASK | SETSID;
        check(os.c.posix_spawnattr_setflags(attributes, flags), "posix_spawnattr_setflags");
        Pointer set = os.allocate(SIGSET_SIZE);
        check(os.c.posix_spawnattr_setsigmask(attributes, set), "posix_spawnattr_setsigmask");
        // not sigfillset: it leaves out glibc's own two signals, which the process would then start with as ignored
        set.setMemory(0, SIGSET_SIZE, (byte) 0xff);
        check(os.c.posix_spawnattr_setsigdefault(attributes, set), "posix_spawnattr_setsigdefault");
    }

    private int startWith(
            Pointer attributes, List<String> argv, List<String> environment, Path directory, Standard standard)
            throws SystemCallException {
        Pointer actions = os.allocate(ACTIONS_SIZE);
        check(os.c.posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        try {
            addActions(actions, directory, standard);
            int[] pid = new int[1];
            Pointer arguments = CStrings.array(os, argv);
            Pointer variables = CStrings.array(os, environment);
            byte[] path = CStrings.of(argv.get(0));
            int code = os.c.posix_spawn(pid, path, actions, attributes, arguments, variables);
            Reference.reachabilityFence(List.of(arguments, variables)); // their memory goes with them
            os.checkCode(code, "posix_spawn", argv.get(0));
            return pid[0];
        } finally {
            os.c.posix_spawn_file_actions_destroy(actions);
        }
    }

    private void addActions(Pointer actions, Path directory, Standard standard) throws SystemCallException {
        Descriptor[] targets = {standard.in(), standard.out(), standard.err()};
        for (int target = 0; target < targets.length; target++) {
            check(os.c.posix_spawn_file_actions_adddup2(actions, targets[target].fd(), target), "adddup2");
        }
        check(os.c.posix_spawn_file_actions_addclosefrom_np(actions, targets.length), "addclosefrom_np");
        byte[] path = CStrings.of(directory.toString());
        check(os.c.posix_spawn_file_actions_addchdir_np(actions, path), "addchdir_np");
    }

    private void check(int code, String call) throws SystemCallException {
        os.checkCode(code, call, "");
    }
}
