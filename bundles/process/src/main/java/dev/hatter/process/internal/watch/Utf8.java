// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.watch;

/** Where UTF-8 may be cut. */
final class Utf8 {
    private static final int LONGEST = 4;

    private Utf8() {}

    /** Where to cut so that no character is torn: at the end, or before a last character that isn't complete. */
    static int lastBoundary(byte[] bytes, int length) {
        for (int back = 1; back <= Math.min(LONGEST, length); back++) {
            int size = sizeBy(bytes[length - back]);
            if (size > 0) {
                return size > back ? length - back : length;
            }
        }
        return length; // not UTF-8; the decoder replaces it
    }

    /** The size of the character that begins with that byte; 0 for a byte inside a character. */
    private static int sizeBy(byte first) {
        if (first >= 0) {
            return 1;
        }
        if ((first & 0xc0) == 0x80) {
            return 0;
        }
        return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
    }
}
