// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.process.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how workers ended, in php-fpm's words. */
final class ExitLog {
    private static final Logger LOG = LoggerFactory.getLogger(ExitLog.class);

    private final String pool;

    ExitLog(String pool) {
        this.pool = pool;
    }

    /**
     * Writes one line.
     *
     * @param asked it was asked to end, or killed, by Hatter
     * @param failed it was given nothing to do
     * @return what was written
     */
    String write(Worker worker, ExitStatus status, boolean asked, boolean failed) {
        String story = story(worker, status, failed);
        if (asked) {
            LOG.debug("[pool {}] {}", pool, story);
        } else if (status instanceof ExitStatus.Exited exited && exited.code() == 0) {
            LOG.info("[pool {}] {}", pool, story);
        } else {
            LOG.warn("[pool {}] {}", pool, story);
        }
        return story;
    }

    /** What is said of a request that took that long. */
    static String timedOut(long nanos) {
        return String.format(Locale.ROOT, "execution timed out (%.2f sec)", nanos / 1e9);
    }

    private static String story(Worker worker, ExitStatus status, boolean failed) {
        double seconds =
                Duration.between(worker.process().started(), Instant.now()).toNanos() / 1e9;
        String story =
                String.format(Locale.ROOT, "child %d %s after %.6f seconds from start", worker.pid(), status, seconds);
        String words = worker.lastLine();
        return failed && words != null ? story + "; its last output: \"" + words + "\"" : story;
    }
}
