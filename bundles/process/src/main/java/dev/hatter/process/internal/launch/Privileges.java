// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Capabilities;
import dev.hatter.process.internal.os.Capabilities.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What Hatter may do at this moment, and how to say that it may not. */
record Privileges(int uid, int gid, Capabilities capabilities) {
    static Privileges own(Accounts accounts) {
        try {
            return new Privileges(accounts.ownUid(), accounts.ownGid(), Capabilities.ownNow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(Capability... needed) {
        return capabilities.missing(needed).isEmpty();
    }

    /** Whether an ordinary user has more than that, which a worker must not keep. */
    boolean extra() {
        return uid != 0 && capabilities.any();
    }

    /** "that needs CAP_X, which Hatter (uid 1, gid 1) doesn't have; ...". */
    String lacking(Capability... needed) {
        return "that needs " + capabilities.missing(needed) + ", which Hatter (uid " + Integer.toUnsignedString(uid)
                + ", gid " + Integer.toUnsignedString(gid)
                + ") doesn't have; start it as root or with that capability, or leave it out";
    }
}
