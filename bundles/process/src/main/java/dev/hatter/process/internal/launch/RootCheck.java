// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.internal.os.Capabilities.Capability;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a process may get that root directory. */
final class RootCheck {
    private final Tools tools;
    private final Privileges privileges;
    private final Faults faults;

    RootCheck(Tools tools, Privileges privileges, Faults faults) {
        this.tools = tools;
        this.privileges = privileges;
        this.faults = faults;
    }

    void check(LaunchSpec spec, Who who) {
        Path root = spec.root();
        checkDirectory(root);
        if (privileges.uid() != 0 || !privileges.has(Capability.CAP_SYS_CHROOT)) {
            // an ordinary user's capability would stay with the worker, and is all it takes to get out again
            faults.add(
                    Part.ROOT,
                    "root directory \"" + root + "\" can be changed to by root alone, Hatter runs as uid "
                            + Integer.toUnsignedString(privileges.uid())
                            + (privileges.uid() == 0 ? " without CAP_SYS_CHROOT" : "")
                            + "; start it as root, or leave it out");
        } else if (who.account().isEmpty() && faults.none(Part.USER, Part.GROUP)) {
            faults.add(Part.ROOT, "root directory \"" + root + "\" holds nobody who is root; name a user");
        }
        if (tools.unshare().isEmpty() || tools.setpriv().isEmpty()) {
            faults.add(
                    Part.ROOT,
                    "no program \"unshare\" or \"setpriv\" in PATH, which root directory \"" + root
                            + "\" needs; install util-linux (BusyBox's can't do it)");
        }
        spec.environment().keySet().stream()
                .filter(ExecChain::isUnsafeInRoot)
                .forEach(name -> faults.add(
                        Part.ENVIRONMENT,
                        "variable " + name + " can't be given to a process with a root directory of its own;"
                                + " leave it out"));
    }

    private void checkDirectory(Path root) {
        if (!root.isAbsolute()) {
            faults.add(Part.ROOT, "root directory \"" + root + "\" isn't absolute; write the whole path");
        } else if (!Files.isDirectory(root)) {
            faults.add(Part.ROOT, "no such root directory \"" + root + "\"; make it, or name another one");
        }
    }
}
