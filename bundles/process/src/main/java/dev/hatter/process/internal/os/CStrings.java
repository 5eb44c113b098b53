// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jnr.ffi.Pointer;

/** Strings as C has them: UTF-8 bytes that end with 0, whatever the locale of the JVM. */
final class CStrings {
    private static final int POINTER_SIZE = Long.BYTES;

    private CStrings() {}

    static byte[] of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** An argv or envp: the pointers, a null, then the strings, all in one piece that lives as long as the result. */
    static Pointer array(Native os, List<String> texts) {
        List<byte[]> strings = texts.stream().map(CStrings::of).toList();
        int offset = (texts.size() + 1) * POINTER_SIZE;
        Pointer block =
                os.allocate(offset + strings.stream().mapToInt(s -> s.length).sum());
        for (int i = 0; i < strings.size(); i++) {
            byte[] string = strings.get(i);
            block.put(offset, string, 0, string.length);
            block.putAddress((long) i * POINTER_SIZE, block.address() + offset);
            offset += string.length;
        }
        return block;
    }
}
