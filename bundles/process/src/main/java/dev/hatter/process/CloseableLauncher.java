// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import org.osgi.annotation.versioning.ProviderType;

/** A launcher that its caller owns. */
@ProviderType
public interface CloseableLauncher extends Launcher, AutoCloseable {
    /**
     * Ends all processes that are left (TERM to their groups, KILL after 3 s), waits for their exits and gives back all
     * threads, descriptors and files; launches fail from then on. Not to be called on the watcher's thread, that is by
     * an {@link OutputListener} or where an exit completes.
     */
    @Override
    void close();
}
