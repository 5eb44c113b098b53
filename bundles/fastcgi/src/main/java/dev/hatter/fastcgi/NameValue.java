// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** The encoding of one name-value pair (FastCGI 1.0, section 3.4): two lengths of one or four bytes, name, value. */
final class NameValue {
    /** Lengths up to this have the form of one byte. */
    static final int MAX_SHORT_LENGTH = 127;

    private NameValue() {}

    /** Bytes of the pair as encoded; a long because two lengths of 31 bits can add up to more than an int. */
    static long encodedLength(int nameLength, int valueLength) {
        return (long) lengthSize(nameLength) + lengthSize(valueLength) + nameLength + valueLength;
    }

    static void write(ByteBuf out, String name, String value) {
        writeLength(out, ByteBufUtil.utf8Bytes(name));
        writeLength(out, ByteBufUtil.utf8Bytes(value));
        ByteBufUtil.writeUtf8(out, name);
        ByteBufUtil.writeUtf8(out, value);
    }

    static void write(ByteBuf out, String name, byte[] value) {
        writeLength(out, ByteBufUtil.utf8Bytes(name));
        writeLength(out, value.length);
        ByteBufUtil.writeUtf8(out, name);
        out.writeBytes(value);
    }

    static void writeLength(ByteBuf out, int length) {
        if (length <= MAX_SHORT_LENGTH) {
            out.writeByte(length);
        } else {
            out.writeInt(length | 0x80000000);
        }
    }

    /** Bytes of the length field that begins with this byte: 1 or 4. */
    static int fieldSize(byte first) {
        return first >= 0 ? 1 : 4;
    }

    /** The length in the field at this index, which must be there whole. */
    static int readLength(ByteBuf in, int index) {
        byte first = in.getByte(index);
        return first >= 0 ? first : in.getInt(index) & 0x7fffffff;
    }

    private static int lengthSize(int length) {
        return length <= MAX_SHORT_LENGTH ? 1 : 4;
    }
}
