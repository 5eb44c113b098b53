// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for workers that have to go. Lives on the pool's event loop. */
final class Patrol {
    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);

    private final CrewContext context;
    private final Roster roster;

    Patrol(CrewContext context, Roster roster) {
        this.context = context;
        this.roster = roster;
    }

    /** Kills each worker that has been with a request for longer than that, be its client still there or not. */
    void terminateOverdue(long timeoutNanos) {
        long now = context.opener().nowNanos();
        for (Worker worker : roster.all()) {
            worker.slots().stream()
                    .filter(slot -> (slot.isBusy() || slot.isLingering()) && slot.busyNanos(now) > timeoutNanos)
                    .findFirst()
                    .ifPresent(slot -> terminate(worker, slot, slot.busyNanos(now)));
        }
    }

    private void terminate(Worker worker, Slot slot, long nanos) {
        String reason = ExitLog.timedOut(nanos);
        LOG.warn(
                "[pool {}] child {}, {} {}, terminating",
                context.pool(),
                worker.pid(),
                slot.occupant() == null
                        ? "whose client has its answer or has gone,"
                        : slot.occupant().describe(),
                reason);
        slot.timeOut(reason);
        worker.kill("was killed: another of its requests timed out");
    }

    /** Replaces groups whose listening socket one of their scripts has made non-blocking. */
    void replaceTampered(Duration grace) {
        for (Worker worker : roster.in(WorkerState.READY)) {
            if (ListeningSocketFlags.isNonBlocking(worker.pid())) {
                LOG.warn(
                        "[pool {}] child {}: a script made its listening socket non-blocking, replacing it",
                        context.pool(),
                        worker.pid());
                worker.retire(grace);
            }
        }
    }
}
