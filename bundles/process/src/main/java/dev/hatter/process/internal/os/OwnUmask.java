// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

/**
 * The umask of one thread, which what it starts inherits. It belongs to all threads of a process until one of them asks
 * for its own (with its own root and working directory, which nobody changes here). So no shell has to set it between the
 * start and the worker.
 */
public final class OwnUmask {
    private static final int CLONE_FS = 0x200;
    private static final int STRICTEST = 0777;

    private final Native os;
    private final int inherited;

    private OwnUmask(Native os, int inherited) {
        this.os = os;
        this.inherited = inherited;
    }

    /** Separates the calling thread's from the other threads'. */
    public static OwnUmask ofThisThread(Native os) throws SystemCallException {
        os.check(os.c.unshare(CLONE_FS), "unshare", "CLONE_FS");
        return new OwnUmask(os, os.c.umask(STRICTEST));
    }

    /** Sets it, on that thread. @param mask null for what the thread had at first */
    public void set(Integer mask) {
        os.c.umask(mask == null ? inherited : mask);
    }
}
