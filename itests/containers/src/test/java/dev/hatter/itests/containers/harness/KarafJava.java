// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

/** Which Java a Karaf 4.4 starts on. */
public final class KarafJava {
    public static final int FIRST_TOO_NEW = 24;
    public static final String REASON = "Karaf 4.4 doesn't start on Java 24 or later, which have no security manager";

    private KarafJava() {}

    static boolean isTooNew() {
        return Runtime.version().feature() >= FIRST_TOO_NEW;
    }
}
