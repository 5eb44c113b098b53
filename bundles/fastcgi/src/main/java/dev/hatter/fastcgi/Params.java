// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The parameters of one request, in their order, kept in the encoded form they came in, so that they can be sent on as they
 * are. Names and values are bytes; as strings they are UTF-8.
 *
 * <p>A name may occur more than once. Then the last one counts, as in PHP, for every look-up: a check here must see what the
 * program behind will see. {@link #set} and {@link #remove} hit every occurrence.
 *
 * <p>Not thread-safe. Must be released by its owner.
 */
public final class Params {
    private ByteBuf block;
    private final PairIndex pairs;
    private boolean changed;

    Params(ByteBuf block, PairIndex pairs) {
        this.block = block;
        this.pairs = pairs;
    }

    /** Parameters made of a map, in its order, on the heap. */
    public static Params of(Map<String, String> map) {
        Params params = new Params(Unpooled.buffer(), new PairIndex());
        map.forEach(params::set);
        params.changed = false;
        return params;
    }

    /** How many pairs there are, each occurrence counted. */
    public int size() {
        return pairs.size();
    }

    /** Bytes of all pairs as encoded. */
    public int length() {
        if (!changed) {
            return block.readableBytes();
        }
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            length += pairLength(i);
        }
        return length;
    }

    /** The value of the last pair of that name, or null. */
    public String get(String name) {
        int pair = find(name);
        return pair < 0 ? null : value(pair);
    }

    /** The value of the last pair of that name as it came, or null. */
    public byte[] getBytes(String name) {
        int pair = find(name);
        return pair < 0 ? null : ByteBufUtil.getBytes(block, pairs.value(pair), valueLength(pair));
    }

    /** The name of a pair, 0 to size - 1. */
    public String name(int pair) {
        return block.toString(pairs.name(pair), nameLength(pair), StandardCharsets.UTF_8);
    }

    /** The value of a pair, 0 to size - 1. */
    public String value(int pair) {
        return block.toString(pairs.value(pair), valueLength(pair), StandardCharsets.UTF_8);
    }

    /** Calls for each pair, in order. */
    public void forEach(BiConsumer<String, String> each) {
        for (int i = 0; i < pairs.size(); i++) {
            each.accept(name(i), value(i));
        }
    }

    /**
     * Replaces every pair of that name by one, at the place of the first, or adds it at the end.
     *
     * @throws IllegalArgumentException when the pair is longer than a record can carry
     */
    public void set(String name, String value) {
        int start = prepare(name, ByteBufUtil.utf8Bytes(value));
        NameValue.write(block, name, value);
        place(name, start);
    }

    /** As {@link #set(String, String)}, for a value that need not be UTF-8. */
    public void set(String name, byte[] value) {
        int start = prepare(name, value.length);
        NameValue.write(block, name, value);
        place(name, start);
    }

    /** Removes every pair of that name. */
    public void remove(String name) {
        for (int pair = find(name); pair >= 0; pair = find(name)) {
            pairs.remove(pair);
            changed = true;
        }
    }

    /** Gives the memory back; the object must not be used any more. */
    public void release() {
        block.release();
    }

    /** The whole block, or null when it was changed since it came. The caller owns (and releases) what it gets. */
    public ByteBuf retainedBlock() {
        return changed ? null : block.retainedSlice();
    }

    /** Copies these pairs, from one up to before another, as encoded. */
    void copyPairs(int from, int to, ByteBuf out) {
        int pair = from;
        while (pair < to) {
            int start = pairs.start(pair);
            // neighbours in the block go in one piece
            while (pair + 1 < to && pairs.start(pair + 1) == pairs.end(pair)) {
                pair++;
            }
            out.writeBytes(block, start, pairs.end(pair) - start);
            pair++;
        }
    }

    /** Bytes of a pair as encoded. */
    int pairLength(int pair) {
        return pairs.end(pair) - pairs.start(pair);
    }

    private int prepare(String name, int valueLength) {
        long length = NameValue.encodedLength(ByteBufUtil.utf8Bytes(name), valueLength);
        if (length > FastCgi.MAX_CONTENT_LENGTH) {
            throw new IllegalArgumentException("the pair of " + name + " has " + length + " bytes; allowed are "
                    + FastCgi.MAX_CONTENT_LENGTH + ", a record's content");
        }
        if (block.refCnt() > 1) {
            // a slice of the block is on its way somewhere: leave that one as it is
            ByteBuf copy = block.copy();
            block.release();
            block = copy;
        }
        return block.writerIndex();
    }

    private void place(String name, int start) {
        int valueField = start + NameValue.fieldSize(block.getByte(start));
        int nameStart = valueField + NameValue.fieldSize(block.getByte(valueField));
        int valueStart = nameStart + NameValue.readLength(block, start);
        int first = removeAllButFirst(name);
        if (first < 0) {
            pairs.add(start, nameStart, valueStart, block.writerIndex());
        } else {
            pairs.put(first, start, nameStart, valueStart, block.writerIndex());
        }
        changed = true;
    }

    private int removeAllButFirst(String name) {
        int first = find(name);
        for (int next = findBefore(name, first); next >= 0; next = findBefore(name, first)) {
            pairs.remove(first);
            first = next;
        }
        return first;
    }

    private int find(String name) {
        return findBefore(name, pairs.size());
    }

    private int findBefore(String name, int end) {
        int length = ByteBufUtil.utf8Bytes(name);
        byte[] encoded = length == name.length() ? null : name.getBytes(StandardCharsets.UTF_8);
        for (int i = end - 1; i >= 0; i--) {
            if (nameLength(i) == length && (encoded == null ? isAscii(i, name) : isBytes(i, encoded))) {
                return i;
            }
        }
        return -1;
    }

    private boolean isAscii(int pair, String name) {
        int at = pairs.name(pair);
        for (int i = 0; i < name.length(); i++) {
            if (block.getByte(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isBytes(int pair, byte[] name) {
        int at = pairs.name(pair);
        for (int i = 0; i < name.length; i++) {
            if (block.getByte(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private int nameLength(int pair) {
        return pairs.value(pair) - pairs.name(pair);
    }

    private int valueLength(int pair) {
        return pairs.end(pair) - pairs.value(pair);
    }
}
