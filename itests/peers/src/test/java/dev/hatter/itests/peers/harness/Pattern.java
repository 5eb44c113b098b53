// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes that go up and down: the one at offset i is i modulo 251, so none lines up with a record or buffer. */
public final class Pattern {
    private static final int PERIOD = 251;
    private static final int BUFFER = 64 * 1024;

    private Pattern() {}

    /** So many bytes of it, made as they are read. */
    public static InputStream stream(long bytes) {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position < bytes ? (int) (position++ % PERIOD) : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                int count = (int) Math.min(length, bytes - position);
                for (int i = 0; i < count; i++) {
                    target[offset + i] = (byte) ((position + i) % PERIOD);
                }
                position += count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    /** What an application answers that received or sent so many bytes of it: SHA-256 and length. */
    public static String checksum(long bytes) {
        try {
            return checksum(stream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String checksum(InputStream in) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            digest.update(buffer, 0, count);
            length += count;
        }
        return HexFormat.of().formatHex(digest.digest()) + " " + length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
