// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Hatter's own limits, which a process starts with.
 *
 * @param hardFiles of open files
 * @param mostFiles the kernel's limit of it, root's too
 * @param hardCore of core dumps in bytes; {@link Long#MAX_VALUE} for none
 * @param nice its nice value
 * @param lowestNice down to which an ordinary user may go (RLIMIT_NICE)
 */
public record OwnLimits(long hardFiles, long mostFiles, long hardCore, int nice, int lowestNice) {
    private static final int NAME_WIDTH = 26; // fs/proc/base.c: "%-25s %-20s %-20s %-10s\n"
    private static final int NICE = 16; // in /proc/PID/stat, counted from the state behind the name
    private static final int HIGHEST = 20;

    public static OwnLimits now() throws IOException {
        List<String> limits = Files.readAllLines(Path.of("/proc/self/limits"));
        return new OwnLimits(
                limit(limits, "Max open files", 1),
                mostFilesOfKernel(),
                limit(limits, "Max core file size", 1),
                nice(Files.readString(Path.of("/proc/self/stat"))),
                HIGHEST - (int) Math.min(2 * HIGHEST, limit(limits, "Max nice priority", 0)));
    }

    /** Read at one go: below /proc/sys a second read of a file gives nothing. */
    private static long mostFilesOfKernel() throws IOException {
        byte[] text = new byte[Long.SIZE];
        try (InputStream in = Files.newInputStream(Path.of("/proc/sys/fs/nr_open"))) {
            int length = in.read(text);
            return Long.parseLong(new String(text, 0, Math.max(0, length), StandardCharsets.US_ASCII).strip());
        }
    }

    private static long limit(List<String> limits, String name, int column) throws IOException {
        String line = limits.stream()
                .filter(l -> l.startsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("no \"" + name + "\" in /proc/self/limits"));
        String value = line.substring(NAME_WIDTH).strip().split("\\s+")[column];
        return value.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(value);
    }

    static int nice(String stat) {
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]);
    }
}
