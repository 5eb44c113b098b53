// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The service that starts processes. Its methods may be called from any thread; they block for a few milliseconds. */
@ProviderType
public interface Launcher {
    /**
     * Looks for everything that would keep that process from starting.
     *
     * @return the faults; empty when there is none
     */
    List<LaunchFault> check(LaunchSpec spec);

    /**
     * Starts a process. It runs when this returns, in a session of its own, with a private listening Unix socket as
     * descriptor 0, its output captured, and no other descriptor of the JVM.
     *
     * @throws LaunchException when it could not be started; nothing is left behind then
     */
    WorkerProcess launch(LaunchSpec spec) throws LaunchException;
}
