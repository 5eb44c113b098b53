// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.pool.internal.pm.DynamicManager;
import dev.hatter.pool.internal.pm.OndemandManager;
import dev.hatter.pool.internal.pm.ProcessManager;
import dev.hatter.pool.internal.pm.StaticManager;

/** The settings of one pool, parsed and checked, in three parts by what a change of them asks for. */
public record PoolSettings(String name, ListenSettings listen, LaunchSettings launch, RunSettings run) {
    /** How many worker processes there may be: each counts as {@code worker.concurrency} children. */
    public int maxProcesses() {
        return run.maxChildren() / launch.concurrency();
    }

    /** The same for the workers of one hat, where each request names its own. */
    public PoolSettings forOneHat() {
        return new PoolSettings(
                name, listen, launch, run.withMaxChildren(run.hats().maxChildren()));
    }

    /** A process manager for these settings, which knows of nothing before it. */
    public ProcessManager processManager() {
        PmSettings pm = run.pm();
        return switch (pm.kind()) {
            case STATIC -> new StaticManager(maxProcesses());
            case ONDEMAND -> new OndemandManager(maxProcesses());
            case DYNAMIC ->
                new DynamicManager(
                        maxProcesses(),
                        launch.concurrency(),
                        new DynamicManager.Spare(pm.startServers(), pm.minSpare(), pm.maxSpare(), pm.spawnRate()));
        };
    }
}
