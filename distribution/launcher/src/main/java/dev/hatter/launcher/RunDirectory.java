// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The run directory. It must be ours and nobody else's to write: its default may lie in /tmp, where anyone can put a
 * directory of that name beforehand and would then own our sockets.
 */
final class RunDirectory {
    /** Workers of other users pass through to lib/, but list nothing. */
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx--x--x");

    private static final Set<PosixFilePermission> LIB_MODE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** Makes the directory, or checks the one that is there. */
    static RunDirectory open(Path path) throws IOException, StartException {
        Files.createDirectories(path.getParent());
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(MODE));
        }
        check(path);
        Files.setPosixFilePermissions(path, MODE);
        return new RunDirectory(path);
    }

    private static void check(Path path) throws IOException, StartException {
        String what = "run directory " + path + ": ";
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new StartException(what + "is no directory; remove it, or choose another by --run DIR");
        }
        if (!Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(ownUid())) {
            throw new StartException(what + "belongs to another user; remove it, or choose another by --run DIR");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (mode.stream().anyMatch(OTHERS_WRITE::contains)) {
            throw new StartException(what + "others may write to it (" + PosixFilePermissions.toString(mode)
                    + "); chmod go-w it, or choose another by --run DIR");
        }
    }

    static Object ownUid() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }

    /** Removes what a Hatter that was killed left lying: its pools' states are no longer true. */
    void clear() throws IOException {
        Files.deleteIfExists(ready());
        if (Files.isDirectory(pools(), LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> states = Files.list(pools())) {
                for (Path state : (Iterable<Path>) states::iterator) {
                    Files.deleteIfExists(state);
                }
            }
        }
    }

    /** Removes what only this run needed; in /run it would hold memory. */
    void tidy() throws IOException {
        Files.deleteIfExists(ready());
        for (Path directory : List.of(cache(), temporary())) {
            deleteTree(directory);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Copies the worker programs to lib/: a worker's user may not be able to read the distribution. */
    void installWorkers(Path workers) throws IOException {
        Path lib = path.resolve("lib");
        Files.createDirectories(lib);
        Files.setPosixFilePermissions(lib, LIB_MODE);
        try (Stream<Path> programs = Files.list(workers)) {
            for (Path program : (Iterable<Path>) programs::iterator) {
                ReadableFile.write(lib.resolve(program.getFileName().toString()), Files.readAllBytes(program));
            }
        }
    }

    Path path() {
        return path;
    }

    Path pools() {
        return path.resolve("pools");
    }

    Path cache() {
        return path.resolve("cache");
    }

    Path temporary() {
        return path.resolve("fileinstall");
    }

    /** There, with the pid, once the first scan of the configuration is done; bin/hatter start waits for it. */
    Path ready() {
        return path.resolve("hatter.ready");
    }
}
