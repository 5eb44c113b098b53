// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes that haven't ended. */
final class LiveProcesses {
    /** What they get between TERM and KILL when the launcher is closed. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** How long after KILL they are waited for: one may hang in the kernel. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LiveProcesses.class);

    private final Set<ManagedProcess> processes = ConcurrentHashMap.newKeySet();

    void add(ManagedProcess process) {
        processes.add(process);
        // completes on the watcher's thread, at once when the process has ended by now
        process.exit().thenRun(() -> processes.remove(process));
    }

    /** Ends them all and waits for that, to a limit. */
    void endAll() {
        processes.forEach(process -> process.end(GRACE));
        CompletableFuture<?>[] exits = processes.stream()
                .map(process -> process.exit().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(GRACE.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.error("{} can't be ended; the next start on this run directory tries again", processes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("interrupted while waiting for {} to end", processes);
        }
    }
}
