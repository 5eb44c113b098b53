// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines of text that can be logged safely. A line over the limit comes in pieces. */
final class LineSplitter {
    /** As php-fpm's log_limit has it, in bytes. */
    static final int LINE_LIMIT = 1024;

    private final byte[] line = new byte[LINE_LIMIT];
    private final Consumer<String> sink;
    private int length;
    private boolean continued;

    LineSplitter(Consumer<String> sink) {
        this.sink = sink;
    }

    /** Takes the next bytes; says how many lines they completed. */
    int accept(byte[] bytes, int count) {
        int lines = 0;
        for (int i = 0; i < count; i++) {
            lines += accept(bytes[i]);
        }
        return lines;
    }

    private int accept(byte next) {
        if (next == '\n') {
            return endLine();
        }
        if (length == LINE_LIMIT) {
            emitPiece();
            put(next);
            return 1;
        }
        put(next);
        return 0;
    }

    private void put(byte next) {
        line[length++] = next;
    }

    private int endLine() {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        if (end > 0 || !continued) {
            emit(end);
        }
        length = 0;
        continued = false;
        return 1;
    }

    private void emitPiece() {
        int end = Utf8.lastBoundary(line, length);
        emit(end);
        System.arraycopy(line, end, line, 0, length - end);
        length -= end;
        continued = true;
    }

    /** The last line, which has no end. */
    void finish() {
        if (length > 0) {
            endLine();
        }
    }

    private void emit(int end) {
        sink.accept(PlainText.of(new String(line, 0, end, StandardCharsets.UTF_8)));
    }
}
