// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.process.Confinement;
import dev.hatter.process.Enclosure;
import dev.hatter.process.LaunchException;
import dev.hatter.process.Launcher;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a crew works with.
 *
 * @param pool its name, for the log
 * @param loop the pool's event loop
 * @param launcher starts processes; blocks
 * @param blocking runs what blocks, one task after the other
 * @param opener connects to workers
 * @param quota of worker processes
 * @param confinement the service, at this moment; null when there is none
 * @param hat the hat of this crew alone; null for that of the settings
 * @param house what holds for all pools, at this moment
 */
public record CrewContext(
        String pool,
        EventLoop loop,
        Launcher launcher,
        Executor blocking,
        LinkOpener opener,
        Quota quota,
        Supplier<Confinement> confinement,
        String hat,
        Supplier<HouseSettings> house) {
    /**
     * Where workers with those settings are kept; null when they aren't confined.
     *
     * @throws LaunchException when they have to be, and can't
     */
    public Enclosure enclosure(LaunchSettings launch) throws LaunchException {
        if (launch.hat() == null) {
            return null;
        }
        Confinement by = confinement.get();
        if (by == null) {
            throw new LaunchException("apparmor_hat = \"" + launch.hat()
                    + "\": there is no confinement service; a worker isn't run without");
        }
        return new Enclosure(
                by, hat == null ? launch.hat().fixed() : hat, launch.hat().permissive());
    }

    /** The same for workers with a hat of their own, within another quota. */
    public CrewContext forHat(String name, Quota within) {
        return new CrewContext(pool, loop, launcher, blocking, opener, within, confinement, name, house);
    }
}
