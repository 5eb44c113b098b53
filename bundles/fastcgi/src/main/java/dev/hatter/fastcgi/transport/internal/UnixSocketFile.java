// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.UnixRights;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a listening Unix socket. It is made in a directory that only we can enter, gets its rights there, and is then
 * renamed into place: at no moment can somebody connect who must not, and where a dead socket lies there is no gap.
 */
public final class UnixSocketFile {
    private static final int SUFFIXES = 36 * 36 * 36 * 36;
    private static final int ATTEMPTS = 100;

    private final Path path;
    private Object key;

    public UnixSocketFile(Path path) {
        this.path = path;
    }

    /** What binds the socket, to a path that is not the final one. */
    @FunctionalInterface
    public interface Binder<T> {
        T bind(Path temporary) throws IOException;
    }

    /** What undoes the binding when the file can't be put into place. */
    @FunctionalInterface
    public interface Unbinder<T> {
        void unbind(T bound);
    }

    /**
     * Binds and puts into place.
     *
     * @throws IOException when something else is there, or listens there, or the rights can't be set
     */
    public <T> T create(UnixRights rights, Binder<T> binder, Unbinder<T> unbinder) throws IOException {
        refuseWhenTaken();
        Path directory = privateDirectory();
        Path temporary = directory.resolve("s");
        try {
            T bound = binder.bind(temporary);
            try {
                SocketRights.set(temporary, rights);
                key = keyOf(temporary);
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                unbinder.unbind(bound);
                throw e;
            }
            return bound;
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(directory);
        }
    }

    /** Gives the socket other rights, without a moment in which somebody has more than both the old and the new allow. */
    public void change(UnixRights from, UnixRights to) throws IOException {
        if (isOurs()) {
            SocketRights.change(path, from, to);
        }
    }

    /** Removes the file, unless another one is in its place by now. */
    public void remove() throws IOException {
        if (isOurs()) {
            Files.deleteIfExists(path);
        }
    }

    private boolean isOurs() throws IOException {
        try {
            return key != null && key.equals(keyOf(path));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void refuseWhenTaken() throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(path);
        } catch (NoSuchFileException e) {
            return;
        }
        if (!attributes.isOther()) {
            throw new IOException("cannot listen on " + path + ": there is a file that is no socket; remove it first");
        }
        if (isAnswered()) {
            throw new IOException("cannot listen on " + path + ": another process already listens on " + path);
        }
    }

    private boolean isAnswered() throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // not blocking: a full backlog means that somebody listens, too
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            // also what a pipe or a device gives
            return false;
        }
    }

    /** Next to the final path, because a rename can't leave a file system; with a short name, because paths are short. */
    private Path privateDirectory() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = ThreadLocalRandom.current().nextInt(SUFFIXES);
            Path directory = path.resolveSibling("." + Integer.toString(number, 36));
            try {
                return Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                continue;
            } catch (IOException e) {
                throw new IOException(
                        "cannot listen on " + path + ": " + directory.getParent()
                                + " must be a directory that Hatter can write to (" + e + ")",
                        e);
            }
        }
        throw new IOException("cannot listen on " + path + ": no free name for a temporary directory beside it");
    }

    private static Object keyOf(Path file) throws IOException {
        return attributes(file).fileKey();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
