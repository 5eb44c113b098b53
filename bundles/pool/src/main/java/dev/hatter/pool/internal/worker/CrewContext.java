// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.process.Launcher;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;

/**
 * What a crew works with.
 *
 * @param pool its name, for the log
 * @param loop the pool's event loop
 * @param launcher starts processes; blocks
 * @param blocking runs what blocks, one task after the other
 * @param opener connects to workers
 */
public record CrewContext(String pool, EventLoop loop, Launcher launcher, Executor blocking, LinkOpener opener) {}
