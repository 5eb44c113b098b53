// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of status files, one line of text for each configured pool: replaced whole, never half written. What a run
 * before left there is removed. A pool that comes while one of the same name still goes takes its place. Thread-safe.
 */
final class StatusFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

    private final Path directory;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * Who speaks for a pool.
     *
     * @param owner null for nobody
     * @param waiting what is to be said while nobody does; null for nothing
     */
    private record Entry(Object owner, String waiting) {
        static final Entry NONE = new Entry(null, null);
    }

    private StatusFiles(Path directory) {
        this.directory = directory;
    }

    /** @param runDirectory null when there is none: then nothing is written */
    static StatusFiles in(Path runDirectory) {
        if (runDirectory == null) {
            return new StatusFiles(null);
        }
        try {
            Path directory = Files.createDirectories(runDirectory.resolve("pools"));
            try (DirectoryStream<Path> leftOver = Files.newDirectoryStream(directory)) {
                for (Path file : leftOver) {
                    Files.deleteIfExists(file);
                }
            }
            return new StatusFiles(directory);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("can't write the pools' states to {}/pools: {}", runDirectory, e.toString());
            return new StatusFiles(null);
        }
    }

    /** @param blocking writes it, one task after the other; it stands for the pool */
    StatusFile of(String pool, Executor blocking) {
        return new StatusFile(this, pool, blocking);
    }

    void claim(String pool, Object owner) {
        change(pool, entry -> new Entry(owner, entry.waiting()));
    }

    void write(String pool, Object owner, String line) {
        change(pool, entry -> {
            if (entry.owner() == owner) {
                put(pool, line);
            }
            return entry;
        });
    }

    void remove(String pool, Object owner) {
        change(pool, entry -> {
            if (entry.owner() != null && entry.owner() != owner) {
                return entry;
            }
            put(pool, entry.waiting());
            return new Entry(null, entry.waiting());
        });
    }

    /** Says that of a pool that isn't there; one that is about to go leaves it behind. Blocks shortly. */
    void setWaiting(String pool, String line) {
        change(pool, entry -> {
            put(pool, line);
            return new Entry(entry.owner(), line);
        });
    }

    /** That pool isn't waited for any more. Blocks shortly. */
    void endWaiting(String pool) {
        change(pool, entry -> {
            if (entry.waiting() != null && entry.owner() == null) {
                put(pool, null);
            }
            return new Entry(entry.owner(), null);
        });
    }

    /** One at a time for each pool. */
    private void change(String pool, UnaryOperator<Entry> change) {
        entries.compute(pool, (name, entry) -> {
            Entry next = change.apply(entry == null ? Entry.NONE : entry);
            return next.equals(Entry.NONE) ? null : next;
        });
    }

    private void put(String pool, String line) {
        if (directory == null) {
            return;
        }
        Path file = directory.resolve(pool.replace('/', '_'));
        try {
            if (line == null) {
                Files.deleteIfExists(file);
            } else {
                Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
                Files.writeString(temporary, line.replace('\n', ' ') + "\n", StandardCharsets.UTF_8);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.warn("can't write {}: {}", file, e.toString());
        }
    }
}
