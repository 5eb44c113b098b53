// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of text about a pool in the run directory, for {@code bin/hatter status}: replaced whole, never half written. */
final class StatusFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

    private final Path file;
    private final Executor blocking;

    /**
     * @param file null to write nothing
     * @param blocking writes it, one task after the other
     */
    StatusFile(Path file, Executor blocking) {
        this.file = file;
        this.blocking = blocking;
    }

    void write(String line) {
        if (file == null) {
            return;
        }
        blocking.execute(() -> {
            try {
                Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
                Files.writeString(temporary, line.replace('\n', ' ') + "\n", StandardCharsets.UTF_8);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                LOG.warn("can't write {}: {}", file, e.toString());
            }
        });
    }

    void remove() {
        if (file == null) {
            return;
        }
        blocking.execute(() -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("can't remove {}: {}", file, e.toString());
            }
        });
    }
}
