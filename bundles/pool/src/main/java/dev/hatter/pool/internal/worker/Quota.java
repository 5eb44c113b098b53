// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

/** Room for worker processes. May be used from any thread. */
public interface Quota {
    /** Takes one place, if there is one left. */
    boolean take();

    /** Gives one back. */
    void giveBack();

    /** The setting that limits it, for the log. */
    String setting();
}
