// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import dev.hatter.process.Scheduling;
import jnr.ffi.Pointer;

/**
 * The scheduling policy of one thread, which what it starts inherits. Not an attribute of posix_spawn: glibc knows no
 * SCHED_BATCH there.
 */
public final class OwnScheduling {
    private static final int THIS_THREAD = 0;
    private static final int PARAM_SIZE = 64; // an int; some C libraries have more in it

    private final Native os;
    private final int inherited;
    private final Pointer inheritedParam;
    private final Pointer noPriority;
    private int current;

    private OwnScheduling(Native os, int inherited, Pointer inheritedParam) {
        this.os = os;
        this.inherited = inherited;
        this.inheritedParam = inheritedParam;
        this.noPriority = os.allocate(PARAM_SIZE);
        this.current = inherited;
    }

    /** That of the calling thread. */
    public static OwnScheduling ofThisThread(Native os) throws SystemCallException {
        Pointer param = os.allocate(PARAM_SIZE);
        int policy = os.check(os.c.sched_getscheduler(THIS_THREAD), "sched_getscheduler", "");
        os.check(os.c.sched_getparam(THIS_THREAD, param), "sched_getparam", "");
        return new OwnScheduling(os, policy, param);
    }

    /** Sets it, on that thread. @param scheduling null for what the thread had at first */
    public void set(Scheduling scheduling) throws SystemCallException {
        int policy = scheduling == null ? inherited : scheduling.policy();
        if (policy != current) {
            Pointer param = policy == inherited ? inheritedParam : noPriority;
            os.check(os.c.sched_setscheduler(THIS_THREAD, policy, param), "sched_setscheduler", policy);
            current = policy;
        }
    }
}
