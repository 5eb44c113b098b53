// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
     * The entry of a user, from wherever nsswitch.conf has it.
     *
     * @throws IOException when it can't be looked up
     */
    Optional<UserEntry> user(String name) throws IOException;

    /**
     * Starts a process. It runs when this returns, in a session of its own, with a private listening Unix socket as
     * descriptor 0, its output captured, and no other descriptor of the JVM. One that is to be confined is, and that was read
     * back, or it was killed.
     *
     * @throws LaunchException when it could not be started; nothing is left behind then
     */
    WorkerProcess launch(LaunchSpec spec) throws LaunchException;
}
