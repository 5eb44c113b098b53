// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.ArrayList;
import java.util.List;

/** Splits a command as a shell does with blanks and quotes, and with nothing else: no escapes, no expansion. */
final class CommandLine {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private CommandLine() {}

    /** @throws IllegalArgumentException when a quote isn't closed */
    static List<String> split(String command) {
        CommandLine line = new CommandLine();
        command.chars().forEach(c -> line.take((char) c));
        if (line.quote != 0) {
            throw new IllegalArgumentException("the quote " + line.quote + " isn't closed");
        }
        line.endWord();
        return line.words;
    }

    private void take(char c) {
        if (quote != 0) {
            takeQuoted(c);
        } else if (c == '\'' || c == '"') {
            quote = c;
            inWord = true;
        } else if (Character.isWhitespace(c)) {
            endWord();
        } else {
            word.append(c);
            inWord = true;
        }
    }

    private void takeQuoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            word.append(c);
        }
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }
}
