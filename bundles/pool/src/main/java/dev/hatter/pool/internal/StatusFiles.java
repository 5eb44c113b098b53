// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of status files, one for each configured pool. What a run before left there is removed. */
final class StatusFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFiles.class);

    private final Path directory;

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

    /** @param blocking writes it, one task after the other */
    StatusFile of(String pool, Executor blocking) {
        return new StatusFile(directory == null ? null : directory.resolve(pool.replace('/', '_')), blocking);
    }
}
