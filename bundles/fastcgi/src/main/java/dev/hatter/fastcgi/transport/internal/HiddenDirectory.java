// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A directory that only we can enter, beside the files that are to be renamed out of it: a rename can't leave a file system.
 * Who needs one in the same place at the same time shares it, because some file systems are slow to make and remove
 * directories. It is gone when nobody uses it. Thread-safe.
 */
final class HiddenDirectory {
    private static final int SUFFIXES = 36 * 36 * 36 * 36;
    private static final int ATTEMPTS = 100;
    private static final int RADIX = 36;
    private static final ConcurrentMap<Path, HiddenDirectory> IN_USE = new ConcurrentHashMap<>();

    private final Path parent;
    private final Path path;
    private final BitSet taken = new BitSet();

    private HiddenDirectory(Path parent) throws IOException {
        this.parent = parent;
        this.path = make(parent);
    }

    /** One name in the directory, for one file. */
    record Place(HiddenDirectory directory, int number) implements AutoCloseable {
        /** Short, because the paths of sockets are. */
        Path path() {
            return directory.path.resolve(Integer.toString(number, RADIX));
        }

        /** Removes what is left there, and the directory after the last one. */
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path());
            directory.free(number);
        }
    }

    /** A free place in the hidden directory of that one, which is made if need be. */
    static Place in(Path parent) throws IOException {
        Place[] place = new Place[1];
        try {
            IN_USE.compute(parent, (key, shared) -> {
                HiddenDirectory directory = shared == null ? unchecked(parent) : shared;
                int number = directory.taken.nextClearBit(0);
                directory.taken.set(number);
                place[0] = new Place(directory, number);
                return directory;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return place[0];
    }

    private static HiddenDirectory unchecked(Path parent) {
        try {
            return new HiddenDirectory(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void free(int number) throws IOException {
        try {
            IN_USE.compute(parent, (key, shared) -> {
                taken.clear(number);
                return taken.isEmpty() ? remove() : this;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private HiddenDirectory remove() {
        try {
            Files.deleteIfExists(path);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a short name, because the paths of sockets are short. */
    private static Path make(Path parent) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = ThreadLocalRandom.current().nextInt(SUFFIXES);
            Path directory = parent.resolve("." + Integer.toString(number, RADIX));
            try {
                return Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                continue;
            } catch (IOException e) {
                throw new IOException(parent + " must be a directory that Hatter can write to (" + e + ")", e);
            }
        }
        throw new IOException("no free name for a temporary directory in " + parent);
    }
}
