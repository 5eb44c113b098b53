// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.UnixRights;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file of a listening Unix socket. It is made in a {@link HiddenDirectory}, gets its rights there, and is then
 * renamed into place: at no moment can somebody connect who must not, and where a dead socket lies there is no gap.
 */
public final class UnixSocketFile {
    private static final List<Object> TURNS =
            Stream.generate(Object::new).limit(64).toList();

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
        synchronized (turnAt(path)) {
            refuseWhenTaken();
            try (HiddenDirectory.Place hidden = hide()) {
                return create(hidden.path(), rights, binder, unbinder);
            }
        }
    }

    private <T> T create(Path temporary, UnixRights rights, Binder<T> binder, Unbinder<T> unbinder) throws IOException {
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
    }

    /** Of two that want the same path at once, the second has to see the first one's socket. */
    private static Object turnAt(Path path) {
        return TURNS.get(Math.floorMod(path.hashCode(), TURNS.size()));
    }

    private HiddenDirectory.Place hide() throws IOException {
        try {
            return HiddenDirectory.in(path.getParent());
        } catch (IOException e) {
            throw new IOException("cannot listen on " + path + ": " + e.getMessage(), e);
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

    private static Object keyOf(Path file) throws IOException {
        return attributes(file).fileKey();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
