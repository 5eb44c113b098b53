// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Collects what a decoder finds as whole records. */
public final class Records implements RecordHandler {
    /** A record as it came. */
    public record Found(int type, int id, byte[] content) {
        public RecordType known() {
            return RecordType.of(type);
        }

        public String text() {
            return new String(content, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private final List<Found> found = new ArrayList<>();
    private int type;
    private int id;
    private byte[] content;
    private int filled;
    private int pieces;

    public List<Found> found() {
        return found;
    }

    /** Pieces of content that came. */
    public int pieces() {
        return pieces;
    }

    @Override
    public void onRecord(int newType, int requestId, int contentLength) {
        type = newType;
        id = requestId;
        content = new byte[contentLength];
        filled = 0;
    }

    @Override
    public void onContent(ByteBuf in, int length) {
        in.readBytes(content, filled, length);
        filled += length;
        pieces++;
    }

    @Override
    public void onRecordEnd() {
        if (filled != content.length) {
            throw new AssertionError("a record of " + content.length + " bytes ended after " + filled);
        }
        found.add(new Found(type, id, content));
    }
}
