// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/** How a process ended. */
public sealed interface ExitStatus {
    /** By exit(code). */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exited with code " + code;
        }
    }

    /** By a signal. */
    record Signalled(int signal, boolean coreDumped) implements ExitStatus {
        @Override
        public String toString() {
            return "exited on signal " + signal + " (" + Signal.nameOf(signal) + (coreDumped ? " - core dumped)" : ")");
        }
    }
}
