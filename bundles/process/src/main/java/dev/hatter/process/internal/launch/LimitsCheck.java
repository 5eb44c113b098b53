// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.Limits;
import dev.hatter.process.internal.os.Capabilities.Capability;
import dev.hatter.process.internal.os.OwnLimits;
import java.util.function.Supplier;

/** Whether Hatter may give a process those limits. The tools would only say it in the worker's output, or not at all. */
final class LimitsCheck {
    private static final int HIGHEST_UMASK = 0777;
    private static final int LOWEST_NICE = -19; // php-fpm's range
    private static final int HIGHEST_NICE = 20;

    private final Tools tools;
    private final Privileges privileges;
    private final Supplier<OwnLimits> ownLimits;
    private final Faults faults;

    /** @param ownLimits asked only when a limit is to be set: most pools set none, and it reads three files of /proc */
    LimitsCheck(Tools tools, Privileges privileges, Supplier<OwnLimits> ownLimits, Faults faults) {
        this.tools = tools;
        this.privileges = privileges;
        this.ownLimits = ownLimits;
        this.faults = faults;
    }

    void check(Limits limits) {
        if (limits.files() != null) {
            checkFiles(limits.files());
        }
        if (limits.core() != null) {
            checkCore(limits.core());
        }
        if (limits.priority() != null) {
            checkPriority(limits.priority());
        }
        if (limits.umask() != null && (limits.umask() & ~HIGHEST_UMASK) != 0) {
            faults.add(Part.UMASK, "umask " + Integer.toOctalString(limits.umask()) + " isn't one; 0 to 0777 are");
        }
    }

    private void checkFiles(int files) {
        OwnLimits own = ownLimits.get();
        needTool(tools.prlimit().isPresent(), Part.FILES, "prlimit", "util-linux");
        if (files < 0 || files > own.mostFiles()) {
            faults.add(
                    Part.FILES,
                    "a limit of " + files + " open files can't be set; 0 to " + own.mostFiles()
                            + " (/proc/sys/fs/nr_open) can");
        } else if (files > own.hardFiles() && !privileges.has(Capability.CAP_SYS_RESOURCE)) {
            faults.add(
                    Part.FILES,
                    "a limit of " + files + " open files is above Hatter's own hard limit of " + own.hardFiles() + ": "
                            + privileges.lacking(Capability.CAP_SYS_RESOURCE));
        }
    }

    private void checkCore(long core) {
        OwnLimits own = ownLimits.get();
        needTool(tools.prlimit().isPresent(), Part.CORE, "prlimit", "util-linux");
        boolean above = core == Limits.UNLIMITED ? own.hardCore() != Long.MAX_VALUE : core > own.hardCore();
        if (core < Limits.UNLIMITED) {
            faults.add(Part.CORE, "a core dump can't be limited to " + core + " bytes; 0 or more can");
        } else if (above && !privileges.has(Capability.CAP_SYS_RESOURCE)) {
            faults.add(
                    Part.CORE,
                    "a core dump limit of " + (core == Limits.UNLIMITED ? "unlimited" : core + " bytes")
                            + " is above Hatter's own hard limit of " + own.hardCore() + " bytes: "
                            + privileges.lacking(Capability.CAP_SYS_RESOURCE));
        }
    }

    private void checkPriority(int priority) {
        OwnLimits own = ownLimits.get();
        needTool(tools.nice().isPresent(), Part.PRIORITY, "nice", "coreutils");
        if (priority < LOWEST_NICE || priority > HIGHEST_NICE) {
            faults.add(Part.PRIORITY, "there is no priority " + priority + "; -19 to 20 are");
        } else if (priority < own.nice() && priority < own.lowestNice() && !privileges.has(Capability.CAP_SYS_NICE)) {
            faults.add(
                    Part.PRIORITY,
                    "priority " + priority + " is above Hatter's own (nice value " + own.nice() + "): "
                            + privileges.lacking(Capability.CAP_SYS_NICE));
        }
    }

    private void needTool(boolean there, Part part, String tool, String source) {
        if (!there) {
            faults.add(part, "no program \"" + tool + "\" in PATH, which it needs; install " + source);
        }
    }
}
