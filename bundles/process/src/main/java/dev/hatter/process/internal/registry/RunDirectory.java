// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import dev.hatter.process.internal.os.Descriptor;
import dev.hatter.process.internal.os.FileLock;
import dev.hatter.process.internal.os.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The directory of the private sockets and of the worker registry, {@code <run>/sockets}: mode 0700, ours, and held by
 * one Hatter at a time. It is reached through a descriptor in /proc/self/fd: so nobody can put another one in its place,
 * and its path may be longer than a socket address takes.
 */
public final class RunDirectory implements AutoCloseable {
    static final String SOCKET_SUFFIX = ".sock";
    static final String RECORD_SUFFIX = ".worker";
    private static final String LOCK = "lock";

    private final Path shownPath;
    private final Descriptor directory;
    private final Descriptor lock;
    private final String boot;
    private final AtomicLong numbers = new AtomicLong();

    private RunDirectory(Path shownPath, Descriptor directory, Descriptor lock, String boot) {
        this.shownPath = shownPath;
        this.directory = directory;
        this.lock = lock;
        this.boot = boot;
    }

    /**
     * Makes, checks and locks it.
     *
     * @throws IOException when it can't be used; the message says why and what to do
     */
    public static RunDirectory open(Native os, Path run, int ownUid) throws IOException {
        Path path = run.toAbsolutePath().resolve("sockets");
        create(path);
        Descriptor directory = Descriptor.ofDirectory(os, path);
        try {
            claim(directory.procPath(), path, ownUid);
            String boot = BootId.current();
            return new RunDirectory(path, directory, lock(os, directory, run), boot);
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }

    private static void create(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // of an earlier run; checked next
        }
    }

    private static void claim(Path directory, Path shownPath, int ownUid) throws IOException {
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        if (owner != ownUid) {
            throw new IOException("\"" + shownPath + "\" belongs to uid " + Integer.toUnsignedString(owner)
                    + ", not to uid " + Integer.toUnsignedString(ownUid)
                    + " that Hatter runs as; remove it or use another run directory");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static Descriptor lock(Native os, Descriptor directory, Path run) throws IOException {
        Path file = directory.procPath().resolve(LOCK);
        Optional<Descriptor> lock = FileLock.tryLock(os, file);
        if (lock.isEmpty()) {
            throw new IOException("run directory \"" + run + "\" is used by another Hatter (pid "
                    + Files.readString(file).strip() + "); stop that one or use another run directory");
        }
        try {
            Files.writeString(file, ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII);
            return lock.get();
        } catch (IOException e) {
            lock.get().close();
            throw e;
        }
    }

    /** A place for one more process. */
    public Registration register() {
        long number = numbers.incrementAndGet();
        return new Registration(file(number + RECORD_SUFFIX), file(number + SOCKET_SUFFIX), boot);
    }

    private Path file(String name) {
        return directory.procPath().resolve(name);
    }

    /** Where its files are, valid until it is closed. */
    Path files() {
        return directory.procPath();
    }

    String boot() {
        return boot;
    }

    @Override
    public void close() {
        lock.close();
        directory.close();
    }

    @Override
    public String toString() {
        return shownPath.toString();
    }
}
