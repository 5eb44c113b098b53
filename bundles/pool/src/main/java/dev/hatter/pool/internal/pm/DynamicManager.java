// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.pm;

/**
 * {@code pm = dynamic}: keeps between {@code pm.min_spare_servers} and {@code pm.max_spare_servers} children idle. As php-fpm
 * it starts 1, 2, 4 and so on of those that are missing each second, up to {@code pm.max_spawn_rate}, and retires one a
 * second of those too many; beyond php-fpm it starts a worker as soon as a request has to wait.
 */
public final class DynamicManager implements ProcessManager {
    private final int max;
    private final Spare spare;
    private final int initial;
    private int rate = 1;
    private int startedThisSecond;

    /**
     * The {@code pm.*} numbers, in children.
     *
     * @param start {@code pm.start_servers}
     * @param min {@code pm.min_spare_servers}
     * @param max {@code pm.max_spare_servers}
     * @param rate {@code pm.max_spawn_rate}, workers a second
     */
    public record Spare(int start, int min, int max, int rate) {}

    /**
     * @param max workers
     * @param places children for each worker
     */
    public DynamicManager(int max, int places, Spare spare) {
        this.max = max;
        this.spare = spare;
        this.initial = new Census(places, 0, 0, 0, 0, 0).workersFor(spare.start());
    }

    @Override
    public int initial() {
        return initial;
    }

    @Override
    public Decision onEvent(Census census) {
        return start(census, census.missingForWaiting());
    }

    @Override
    public Decision onHeartbeat(Census census) {
        startedThisSecond = 0;
        if (census.idle() > spare.max() && census.waiting() == 0) {
            rate = 1;
            return new Decision(0, census.idle() - census.places() >= spare.min() ? 1 : 0);
        }
        int missing = census.workersFor(spare.min() - census.idle() - census.starting() * census.places());
        if (missing <= 0 || census.present() >= max) {
            rate = 1;
            return onEvent(census);
        }
        int gentle = Math.min(rate, missing);
        rate = Math.min(spare.rate(), rate * 2);
        return start(census, Math.max(gentle, census.missingForWaiting()));
    }

    private Decision start(Census census, int wanted) {
        int room = Math.min(max - census.present(), spare.rate() - startedThisSecond);
        int start = Math.max(0, Math.min(wanted, room));
        startedThisSecond += start;
        return start == 0 ? Decision.NOTHING : new Decision(start, 0);
    }
}
