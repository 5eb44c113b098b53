// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import dev.hatter.fastcgi.ParamsException.Fault;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Where the pairs of a block of parameters are: four offsets for each, in the order of the pairs. */
final class PairIndex {
    private static final int FIELDS = 4;
    // web servers send 20 to 30 parameters
    private static final int USUAL_PAIRS = 32;

    private int[] offsets = new int[USUAL_PAIRS * FIELDS];
    private int size;

    int size() {
        return size;
    }

    /** Where the pair begins, with its lengths. */
    int start(int pair) {
        return offsets[pair * FIELDS];
    }

    int name(int pair) {
        return offsets[pair * FIELDS + 1];
    }

    int value(int pair) {
        return offsets[pair * FIELDS + 2];
    }

    int end(int pair) {
        return offsets[pair * FIELDS + 3];
    }

    void add(int start, int name, int value, int end) {
        if (offsets.length == size * FIELDS) {
            offsets = Arrays.copyOf(offsets, offsets.length * 2);
        }
        size++;
        put(size - 1, start, name, value, end);
    }

    void put(int pair, int start, int name, int value, int end) {
        int at = pair * FIELDS;
        offsets[at] = start;
        offsets[at + 1] = name;
        offsets[at + 2] = value;
        offsets[at + 3] = end;
    }

    void remove(int pair) {
        int at = pair * FIELDS;
        System.arraycopy(offsets, at + FIELDS, offsets, at, (size - pair - 1) * FIELDS);
        size--;
    }

    /** Finds all pairs of a block. */
    static PairIndex of(ByteBuf block) throws ParamsException {
        PairIndex index = new PairIndex();
        int at = block.readerIndex();
        while (at < block.writerIndex()) {
            at = index.addPairAt(block, at);
        }
        return index;
    }

    private int addPairAt(ByteBuf block, int start) throws ParamsException {
        int valueField = skipLength(block, start);
        int name = skipLength(block, valueField);
        int nameLength = NameValue.readLength(block, start);
        int valueLength = NameValue.readLength(block, valueField);
        long end = (long) name + nameLength + valueLength;
        if (end > block.writerIndex()) {
            throw malformed("a name of " + nameLength + " and a value of " + valueLength, block.writerIndex() - name);
        }
        if (end - start > FastCgi.MAX_CONTENT_LENGTH) {
            throw tooLarge(end - start);
        }
        add(start, name, name + nameLength, (int) end);
        return (int) end;
    }

    private static int skipLength(ByteBuf block, int at) throws ParamsException {
        int left = block.writerIndex() - at;
        if (left < 1 || left < NameValue.fieldSize(block.getByte(at))) {
            throw malformed("a length field", left);
        }
        return at + NameValue.fieldSize(block.getByte(at));
    }

    private static ParamsException malformed(String what, int left) {
        return new ParamsException(
                Fault.MALFORMED, "a name-value pair with " + what + " bytes where the parameters end after " + left);
    }

    private static ParamsException tooLarge(long length) {
        // php-cgi wants each pair whole within one record
        return new ParamsException(
                Fault.TOO_LARGE,
                "a name-value pair of " + length + " bytes; allowed are " + FastCgi.MAX_CONTENT_LENGTH);
    }
}
