// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The flags of the open socket that a worker has as descriptor 0, as proc(5) shows them. */
final class ListeningSocketFlags {
    private static final String KEY = "flags:";
    private static final int O_NONBLOCK = 04000;

    private ListeningSocketFlags() {}

    /** False also when it can't be told: the process may just have ended. */
    static boolean isNonBlocking(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/fdinfo/0")).stream()
                    .filter(line -> line.startsWith(KEY))
                    .anyMatch(line ->
                            (Integer.parseInt(line.substring(KEY.length()).strip(), 8) & O_NONBLOCK) != 0);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
