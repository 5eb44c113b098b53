// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which scripts may run.
 *
 * @param chroot the directory that is "/" to the workers; null for Hatter's own
 * @param extensions those allowed; empty when any is
 * @param holdFor whether the pool's fixed settings count for a script at that path
 */
public record ScriptRules(Path chroot, List<String> extensions, Predicate<String> holdFor) {}
