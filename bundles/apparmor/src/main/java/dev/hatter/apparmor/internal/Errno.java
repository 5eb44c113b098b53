// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

/** The errors AppArmor answers with, in the C library's words. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EACCES = 13;
    static final int ENOSYS = 38;
    static final int ECANCELED = 125;

    private Errno() {}

    static String words(int errno) {
        String description = jnr.constants.platform.Errno.valueOf(errno).description();
        return description == null ? "errno " + errno : description;
    }
}
