// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.util.concurrent.TimeUnit;

/** Waits for the end of processes. */
public final class Exits {
    private Exits() {}

    public static ExitStatus of(WorkerProcess process) throws Exception {
        return process.exit().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
