// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/**
 * Something that keeps a process from starting.
 *
 * @param part of the {@link LaunchSpec} it lies in
 * @param text a sentence that names what is wrong with which value and what to do
 */
public record LaunchFault(Part part, String text) {
    /** The parts of a {@link LaunchSpec} that can be at fault. */
    public enum Part {
        COMMAND,
        ENVIRONMENT,
        ROOT,
        DIRECTORY,
        USER,
        GROUP,
        FILES,
        CORE,
        PRIORITY,
        UMASK,
        CONFINEMENT,
        BACKLOG
    }

    @Override
    public String toString() {
        return text;
    }
}
