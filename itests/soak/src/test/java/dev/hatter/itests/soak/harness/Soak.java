// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import java.time.Duration;

/** How long and how much: {@code -Dhatter.soak.minutes=N}, from {@value #FULL} on with the large numbers. */
public final class Soak {
    private static final double FULL = 30;
    private static final double MINUTES = Double.parseDouble(System.getProperty("hatter.soak.minutes", "3"));

    private Soak() {}

    /** That many hundredths of the whole time, and a few seconds at least. */
    public static Duration percent(int share) {
        return Duration.ofSeconds(Math.max(5, Math.round(MINUTES * 60 * share / 100)));
    }

    /** How often to do it. */
    public static int count(int byDefault, int full) {
        return MINUTES >= FULL ? full : byDefault;
    }

    /** Stops the thread for a step of a load that has a rhythm; not to wait for anything. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
