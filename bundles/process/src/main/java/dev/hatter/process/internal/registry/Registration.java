// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One process's place in the run directory: its socket and its record. */
public final class Registration {
    private final Path record;
    private final Path socket;
    private final String boot;

    Registration(Path record, Path socket, String boot) {
        this.record = record;
        this.socket = socket;
        this.boot = boot;
    }

    /** Where its socket is to be; short enough for any address. */
    public Path socket() {
        return socket;
    }

    /** Before the process is started. */
    public void announce(String name, String program, String socketMark) throws IOException {
        // a tick less: /proc/uptime is rounded
        WorkerRecord intent = new WorkerRecord(boot, name, program, socketMark, ProcStat.now() - 1, Optional.empty());
        Files.writeString(record, intent.intent(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Right after the process was started; it can't be gone from /proc, because only we reap it. */
    public void complete(int pid) throws IOException {
        long start = ProcStat.of(pid)
                .map(ProcStat::start)
                .orElseThrow(() -> new IOException("/proc doesn't show process " + pid + "; is it mounted?"));
        Files.writeString(record, WorkerRecord.completion(pid, start), StandardOpenOption.APPEND);
    }

    /** When the process is gone, or wasn't started. */
    public void remove() {
        try {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
