// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import dev.hatter.process.Signal;
import dev.hatter.process.internal.os.Children;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes of a previous run that was killed: found by the records in the run directory and ended, never a stranger
 * that has their id today. A process is one of them when it has the recorded id and start time and is the leader of its
 * session; or is in the session of such a leader; or started later than its record and has the recorded listening
 * socket, which can only be inherited, as descriptor 0. The last one finds also a process that was started but not yet
 * recorded, and children that outlived their leader. What has left the session and has closed descriptor 0 escapes.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final RunDirectory directory;
    private final Children children;

    public Leftovers(RunDirectory directory, Children children) {
        this.directory = directory;
        this.children = children;
    }

    /** Ends them all and removes their files. */
    public void end() throws IOException {
        try (DirectoryStream<Path> records =
                Files.newDirectoryStream(directory.files(), "*" + RunDirectory.RECORD_SUFFIX)) {
            for (Path record : records) {
                end(record);
            }
        }
        try (DirectoryStream<Path> sockets =
                Files.newDirectoryStream(directory.files(), "*" + RunDirectory.SOCKET_SUFFIX)) {
            for (Path socket : sockets) {
                Files.deleteIfExists(socket);
            }
        }
    }

    private void end(Path file) throws IOException {
        Optional<WorkerRecord> record = WorkerRecord.parse(Files.readString(file));
        if (record.isPresent() && record.get().boot().equals(directory.boot())) {
            end(record.get());
        }
        Files.deleteIfExists(file);
    }

    private void end(WorkerRecord record) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<Integer> ended = new HashSet<>();
        List<ProcStat> found = find(record);
        while (!found.isEmpty() && System.nanoTime() - deadline < 0) {
            for (ProcStat process : found) {
                kill(process);
                ended.add(process.pid());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            found = find(record);
        }
        report(record, ended, found);
    }

    private void report(WorkerRecord record, Set<Integer> ended, List<ProcStat> left) {
        if (!left.isEmpty()) {
            LOG.error(
                    "[{}] processes {} of a previous run (program {}) can't be killed; see what they wait for",
                    record.name(),
                    left.stream().map(ProcStat::pid).toList(),
                    record.program());
        } else if (!ended.isEmpty()) {
            LOG.info("[{}] killed processes {} of a previous run (program {})", record.name(), ended, record.program());
        }
    }

    private static List<ProcStat> find(WorkerRecord record) throws IOException {
        List<ProcStat> all = ProcStat.all();
        Optional<Integer> session = record.identity()
                .filter(key -> all.stream().anyMatch(p -> key.isOf(p) && p.session() == p.pid()))
                .map(WorkerRecord.ProcessKey::pid);
        return all.stream()
                .filter(p -> !p.isDead() && p.start() >= record.since())
                .filter(p -> session.filter(id -> id == p.session()).isPresent()
                        || p.standardInput().equals(record.socket()))
                .toList();
    }

    private void kill(ProcStat process) {
        boolean leader = process.session() == process.pid();
        if (leader && isStill(process)) {
            children.signalGroup(process.pid(), Signal.KILL); // at one go, before any of it can fork
        }
        children.signalIf(process.pid(), Signal.KILL, () -> isStill(process));
    }

    private static boolean isStill(ProcStat process) {
        return ProcStat.of(process.pid())
                .filter(now -> now.start() == process.start())
                .isPresent();
    }
}
