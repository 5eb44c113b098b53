// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.HouseSettings;
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
 * @param quota of worker processes, for all pools
 * @param house what holds for all pools, at this moment
 */
public record CrewContext(
        String pool,
        EventLoop loop,
        Launcher launcher,
        Executor blocking,
        LinkOpener opener,
        Quota quota,
        Supplier<HouseSettings> house) {}
