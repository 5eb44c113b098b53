// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

/**
 * Text of a tenant, made harmless for a log and a terminal: no line ends, no escapes, nothing that changes the direction
 * in which it is shown.
 */
final class PlainText {
    private static final char REPLACEMENT = '\ufffd';

    private PlainText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isHarmful(text.charAt(i))) {
                return replace(text);
            }
        }
        return text;
    }

    private static String replace(String text) {
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (isHarmful(text.charAt(i))) {
                result.setCharAt(i, REPLACEMENT);
            }
        }
        return result.toString();
    }

    private static boolean isHarmful(char c) {
        return c != '\t' && Character.isISOControl(c) || isSeparatorOrDirection(c);
    }

    /** Line and paragraph separator, and the direction embeddings, overrides and isolates. */
    private static boolean isSeparatorOrDirection(char c) {
        return c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
