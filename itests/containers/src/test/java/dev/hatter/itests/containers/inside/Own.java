// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import java.io.File;
import java.util.List;
import java.util.Objects;

/** What this process has. */
public final class Own {
    private Own() {}

    /** The names of its threads, without the one that waits for what a test awaits, and those that Pax Exam calls on. */
    public static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("awaitility[") && !name.startsWith("RMI "))
                .sorted()
                .toList();
    }

    /** How many descriptors are open. */
    public static int descriptors() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
