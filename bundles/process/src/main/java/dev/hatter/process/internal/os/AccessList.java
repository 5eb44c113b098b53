// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.nio.file.Path;

/** Whether a file has a POSIX access control list, which says more than its mode. */
public final class AccessList {
    private static final byte[] ATTRIBUTE = CStrings.of("system.posix_acl_access");

    private final Native os;

    public AccessList(Native os) {
        this.os = os;
    }

    public boolean existsOn(Path file) {
        return os.c.getxattr(CStrings.of(file.toString()), ATTRIBUTE, null, 0) > 0;
    }
}
