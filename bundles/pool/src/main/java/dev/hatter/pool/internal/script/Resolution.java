// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

/** What became of a request's script path. */
public sealed interface Resolution {
    /**
     * A script that may run.
     *
     * @param file the regular file that will run
     * @param pathInfo what followed it in the path; empty when nothing did
     */
    record Script(String file, String pathInfo) implements Resolution {}

    /** The script's extension isn't one of {@code security.limit_extensions}, or it can't be looked at. */
    record Denied(String file, String reason) implements Resolution {}

    /** There is no such script. */
    record Missing() implements Resolution {}
}
