// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** How Linux' scheduler takes a process, sched(7); the real-time ones, which can starve all others, are not offered. */
public enum Scheduling {
    /** SCHED_OTHER: one that wakes may push aside whoever runs. */
    OTHER(0),
    /** SCHED_BATCH: one that wakes waits until whoever runs has had its slice, a few milliseconds at most, or sleeps. */
    BATCH(3);

    private final int policy;

    Scheduling(int policy) {
        this.policy = policy;
    }

    /** The kernel's number for it. */
    public int policy() {
        return policy;
    }
}
