// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The standard tools of the exec chain, found once at start.
 *
 * @param setpriv util-linux's; gives a process its identity and its parent-death signal
 * @param env the coreutils'; sets variables that no tool before it may see
 */
public record Tools(Optional<Path> setpriv, Optional<Path> env) {
    public static Tools find(SearchPath searchPath) {
        return new Tools(searchPath.find("setpriv").filter(Tools::isComplete), searchPath.find("env"));
    }

    /** BusyBox has a setpriv that knows no identities. */
    private static boolean isComplete(Path setpriv) {
        try {
            return !setpriv.toRealPath().endsWith("busybox");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
