// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.process.ExitStatus;
import java.util.ArrayDeque;
import java.util.Set;

/** Notes when so many workers of a pool crash that all should be replaced ({@code emergency_restart_*}). */
final class Emergency {
    /** SIGBUS and SIGSEGV, as in php-fpm. */
    private static final Set<Integer> CRASHES = Set.of(7, 11);

    private final ArrayDeque<Long> crashes = new ArrayDeque<>();

    /** Whether the crash of this worker makes it an emergency. */
    boolean isReachedBy(ExitStatus status, HouseSettings settings, long nowNanos) {
        boolean crashed = status instanceof ExitStatus.Signalled signalled && CRASHES.contains(signalled.signal());
        if (!crashed
                || settings.emergencyThreshold() == 0
                || settings.emergencyInterval().isZero()) {
            return false;
        }
        crashes.addLast(nowNanos);
        while (nowNanos - crashes.peekFirst() > settings.emergencyInterval().toNanos()) {
            crashes.pollFirst();
        }
        boolean reached = crashes.size() >= settings.emergencyThreshold();
        if (reached) {
            crashes.clear();
        }
        return reached;
    }
}
