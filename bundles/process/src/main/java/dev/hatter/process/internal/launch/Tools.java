// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The standard tools of the exec chain, found once at start. BusyBox's setpriv, unshare and prlimit can't do what is needed
 * of them, and count as missing.
 *
 * @param setpriv util-linux's; gives a process its identity and its parent-death signal
 * @param env the coreutils'; sets variables that no tool before it may see
 * @param prlimit util-linux's; sets limits of open files and core dumps
 * @param nice the coreutils'; sets the priority
 * @param unshare util-linux's; changes the root directory
 */
public record Tools(
        Optional<Path> setpriv,
        Optional<Path> env,
        Optional<Path> prlimit,
        Optional<Path> nice,
        Optional<Path> unshare) {
    public static Tools find(SearchPath searchPath) {
        return new Tools(
                searchPath.find("setpriv").filter(Tools::isComplete),
                searchPath.find("env"),
                searchPath.find("prlimit").filter(Tools::isComplete),
                searchPath.find("nice"),
                searchPath.find("unshare").filter(Tools::isComplete));
    }

    private static boolean isComplete(Path tool) {
        try {
            return !tool.toRealPath().endsWith("busybox");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
