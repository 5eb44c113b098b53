// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sample configuration with what is particular to a test put in the place of what stands for it. */
final class Sample {
    /** The extensions of PHP scripts in samples' regular expressions. */
    static final String SCRIPTS = "(?:php|phar|phtml)";

    private final Path file;
    private String text;

    private Sample(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static Sample of(String name) {
        Path file = Distribution.samples().resolve(name);
        try {
            return new Sample(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces each occurrence; a sample without one is an error, as the test wouldn't run what it means to. */
    Sample with(String placeholder, Object value) {
        if (!text.contains(placeholder)) {
            throw new AssertionError(file + " has no \"" + placeholder + "\" to put \"" + value + "\" in its place");
        }
        text = text.replace(placeholder, value.toString());
        return this;
    }

    /** Replaces a line, found by how it begins, or leaves it out when the replacement is empty. */
    Sample withLine(String beginning, String line) {
        String regex = "(?m)^\\s*" + java.util.regex.Pattern.quote(beginning) + ".*\\n";
        String replaced = text.replaceFirst(regex, java.util.regex.Matcher.quoteReplacement(line));
        if (replaced.equals(text)) {
            throw new AssertionError(file + " has no line \"" + beginning + "...\"");
        }
        text = replaced;
        return this;
    }

    @Override
    public String toString() {
        return text;
    }
}
