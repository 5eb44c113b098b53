// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What /proc tells of a process (proc(5), /proc/[pid]/stat).
 *
 * @param session id of its session
 * @param start when it started, in clock ticks since boot: with the pid it names one process for good
 */
public record ProcStat(int pid, char state, int session, long start) {
    private static final Path PROC = Path.of("/proc");

    // fields after the program's name, which may hold blanks and brackets itself
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** Empty when there is no such process. */
    public static Optional<ProcStat> of(int pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(parse(pid, stat));
        } catch (IOException e) {
            return Optional.empty(); // gone, perhaps while we read
        }
    }

    static ProcStat parse(int pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new ProcStat(
                pid, fields[STATE].charAt(0), Integer.parseInt(fields[SESSION]), Long.parseLong(fields[START]));
    }

    /** All processes that can be seen. */
    static List<ProcStat> all() throws IOException {
        List<ProcStat> result = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                of(Integer.parseInt(entry.getFileName().toString())).ifPresent(result::add);
            }
        }
        return result;
    }

    /** Now, as {@link #start} counts. */
    static long now() throws IOException {
        String uptime = Files.readString(PROC.resolve("uptime"));
        // seconds with two decimals; a tick of /proc is a hundredth of a second
        return Long.parseLong(uptime.substring(0, uptime.indexOf(' ')).replace(".", ""));
    }

    /** Whether it is only waiting to be reaped. */
    boolean isDead() {
        return state == 'Z' || state == 'X';
    }

    /** What it has as descriptor 0 ("socket:[123]"); empty when that can't be seen. */
    String standardInput() {
        try {
            return Files.readSymbolicLink(PROC.resolve(pid + "/fd/0")).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
