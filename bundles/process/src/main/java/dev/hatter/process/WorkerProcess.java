// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A process that was launched: the leader of a session and process group of its own. Its methods may be called from any thread. */
@ProviderType
public interface WorkerProcess {
    long pid();

    /** When it was launched. */
    Instant started();

    /** The private Unix socket that the process listens on with descriptor 0; only Hatter can connect to it. */
    Path socket();

    boolean isAlive();

    /**
     * Completes on the watcher's thread once the process has ended, what was left of its group has been killed, and its
     * output has been handed over.
     */
    CompletionStage<ExitStatus> exit();

    /**
     * Reads again what confines the process, and its children that run the same program, and compares it with what was asked
     * for. Blocks shortly.
     *
     * @return the label in the kernel's words; null when the process was not to be confined
     * @throws ConfinementException when it isn't, or no longer, what was asked for; such a process must be killed
     */
    String verifyConfinement() throws ConfinementException;

    /** Sends that signal to the process alone. Does nothing when it has ended. */
    void signal(int signal);

    /** Sends that signal to the whole process group. Does nothing when the process has ended. */
    void signalGroup(int signal);

    /** Asks the whole group to end (TERM), and kills it when it is still there after that time. Returns at once. */
    void end(Duration grace);
}
