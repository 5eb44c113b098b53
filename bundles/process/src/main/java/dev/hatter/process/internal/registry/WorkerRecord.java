// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a process for the next run of Hatter, should this one be killed. It is written in two steps: before
 * the process is started with what will tell it by its socket, then with its id.
 *
 * @param boot see {@link BootId}
 * @param name whose process it is
 * @param program what was started
 * @param socket what /proc shows for its listening socket
 * @param since a time before it started, in ticks as {@link ProcStat#start}
 * @param identity empty when Hatter was killed before it could be written
 */
record WorkerRecord(
        String boot, String name, String program, String socket, long since, Optional<ProcessKey> identity) {

    /** Names one process for good, within a boot. */
    record ProcessKey(int pid, long start) {
        boolean isOf(ProcStat stat) {
            return stat.pid() == pid && stat.start() == start;
        }
    }

    String intent() {
        return "boot=" + boot + "\nname=" + oneLine(name) + "\nprogram=" + oneLine(program) + "\nsocket=" + socket
                + "\nsince=" + since + "\n";
    }

    static String completion(int pid, long start) {
        return "process=" + pid + " " + start + "\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Reads what was written; empty when the first step wasn't finished: the process wasn't started then. */
    static Optional<WorkerRecord> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        // what comes after the last line end was cut off
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
            int equals = line.indexOf('=');
            fields.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        });
        try {
            return fields.containsKey("since") ? Optional.of(of(fields)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static WorkerRecord of(Map<String, String> fields) {
        return new WorkerRecord(
                fields.get("boot"),
                fields.get("name"),
                fields.get("program"),
                fields.get("socket"),
                Long.parseLong(fields.get("since")),
                Optional.ofNullable(fields.get("process")).map(WorkerRecord::key));
    }

    private static ProcessKey key(String text) {
        int blank = text.indexOf(' ');
        return new ProcessKey(
                Integer.parseInt(text.substring(0, Math.max(0, blank))), Long.parseLong(text.substring(blank + 1)));
    }
}
