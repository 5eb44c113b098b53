// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What a client does in step with its script, which looks for files: it makes {@code MARK.1} when it has the first piece, and
 * {@code MARK.left} when it has gone. The script leaves word in {@code MARK}.
 */
final class Steps {
    private static final Duration WORD = Duration.ofSeconds(8);
    private static final String FIRST_TEXT = "text\n";

    private final Script script;
    private final Path mark;
    private int had;

    Steps(Script script, Path mark) {
        this.script = script;
        this.mark = mark;
    }

    Path mark() {
        return mark;
    }

    /**
     * Takes all that the client has by now.
     *
     * @return whether it wants more
     */
    boolean goOn(CharSequence all) {
        while (had < script.pieces() && all.toString().contains("(piece " + (had + 1) + ")")) {
            had++;
            touch("." + had);
        }
        return !script.isLeft() || !all.toString().contains(FIRST_TEXT);
    }

    /** Whether the text has to be looked at at all. */
    boolean isWatching() {
        return script.isLeft() || had < script.pieces();
    }

    void left() {
        touch(".left");
    }

    private void touch(String suffix) {
        try {
            Files.createFile(mark.resolveSibling(mark.getFileName() + suffix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many pieces came while the script waited for it. */
    String pieces() {
        return had + " of " + script.pieces();
    }

    /** What the script left, waited for where nobody knows when it has ended. */
    String word() {
        if (script.leavesWord()) {
            try {
                await().atMost(WORD).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(mark));
            } catch (ConditionTimeoutException e) {
                return Difference.ABSENT;
            }
        }
        try {
            return Files.isRegularFile(mark) ? Files.readString(mark) : Difference.ABSENT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
