// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

/** What differs between the two architectures that are supported, x86_64 and aarch64. */
final class Arch {
    static final boolean IS_X86_64 = System.getProperty("os.arch").matches("amd64|x86_64");

    private Arch() {}
}
