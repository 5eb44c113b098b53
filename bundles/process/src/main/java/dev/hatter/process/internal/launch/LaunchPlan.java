// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Scheduling;
import java.nio.file.Path;
import java.util.List;

/**
 * All that is needed to start a process, proven as far as it can be.
 *
 * @param program the worker itself, for messages
 * @param argv the exec chain
 * @param environment "NAME=value" each
 * @param umask null for Hatter's own
 * @param scheduling null for Hatter's own
 */
public record LaunchPlan(
        String program,
        List<String> argv,
        List<String> environment,
        Path directory,
        Integer umask,
        Scheduling scheduling) {}
