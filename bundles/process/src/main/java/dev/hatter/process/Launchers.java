// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import dev.hatter.process.internal.ProcessLauncher;
import java.io.IOException;
import java.nio.file.Path;

/** Makes launchers where there is no OSGi framework with a {@link Launcher} service. */
public final class Launchers {
    private Launchers() {}

    /**
     * A launcher that keeps its sockets and its registry in {@code <run>/sockets}, made when missing. What a previous
     * run left behind there is ended first.
     *
     * @throws IOException when the directory is in use or not ours, or when the native calls can't be loaded
     */
    public static CloseableLauncher open(Path runDirectory) throws IOException {
        return ProcessLauncher.open(runDirectory);
    }
}
