// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.process.LaunchException;
import dev.hatter.process.WorkerProcess;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers, as fast as past failures and the quota allow. Lives on the pool's event loop. */
final class Recruiter {
    /** How long to wait where the quota leaves no room. */
    private static final long QUOTA_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Recruiter.class);

    private final CrewContext context;
    private final StartPolicy policy;
    private final Starter starter;
    private final BooleanSupplier caught;
    private final Listener listener;
    private int launching;
    private boolean wakePending;
    private boolean quotaTold;

    /** Hears what became of a start. */
    interface Listener {
        void onLaunched(WorkerProcess process, Post post, WorkerOutput output);

        void onLaunchFailed(LaunchException failure, Post post);

        /** There may be room for another start. */
        void onRoom();
    }

    /** What a worker is started for. */
    record Post(PoolSettings settings, int generation) {}

    /** @param caught whether the output of workers goes to the log; may change at any time */
    Recruiter(CrewContext context, StartPolicy policy, BooleanSupplier caught, Listener listener) {
        this.caught = caught;
        this.context = context;
        this.policy = policy;
        this.starter = new Starter(context);
        this.listener = listener;
    }

    /** Starts that are under way. */
    int launching() {
        return launching;
    }

    /**
     * Starts so many, or as many of them as may be now; the listener hears when there may be room for the rest.
     *
     * @param starting workers that are not ready yet
     */
    void start(int missing, int starting, Post post) {
        long delay = policy.delayNanos(context.opener().nowNanos());
        if (missing > 0 && delay > 0) {
            wakeAfter(delay);
            return;
        }
        for (int i = Math.min(missing, policy.startsAtOnce() - starting); i > 0; i--) {
            if (!start(post)) {
                noteQuota();
                return;
            }
            quotaTold = false;
        }
    }

    /** Starts one, whatever happened to others. False when the quota leaves no room. */
    boolean start(Post post) {
        if (!context.quota().take()) {
            return false;
        }
        launching++;
        WorkerOutput output = new WorkerOutput(context.pool(), caught);
        starter.start(
                post.settings().launch(),
                output,
                process -> {
                    launching--;
                    listener.onLaunched(process, post, output);
                },
                failure -> {
                    launching--;
                    context.quota().giveBack();
                    listener.onLaunchFailed(failure, post);
                });
        return true;
    }

    /** A worker has ended. */
    void onGone() {
        context.quota().giveBack();
    }

    private void noteQuota() {
        if (!quotaTold) {
            quotaTold = true;
            LOG.warn(
                    "[pool {}] The maximum number of processes has been reached. Please review your configuration and"
                            + " consider raising '{}'",
                    context.pool(),
                    context.quota().setting());
        }
        wakeAfter(TimeUnit.MILLISECONDS.toNanos(QUOTA_MILLIS));
    }

    private void wakeAfter(long delayNanos) {
        if (!wakePending) {
            wakePending = true;
            context.loop().schedule(this::wake, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void wake() {
        wakePending = false;
        listener.onRoom();
    }
}
