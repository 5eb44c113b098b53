// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** A stopwatch. */
public final class Watch {
    private static final Duration MOST = Duration.ofSeconds(60);

    private final long start = System.nanoTime();

    public long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** How many milliseconds since its start until that holds, looked at each millisecond. */
    public long until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
        return millis();
    }

    public static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
