// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

/** The worker that Hatter comes with, started as the default pool {@code demo} starts it. */
public final class Responder {
    private Responder() {}

    public static String command() {
        return Distribution.setting("demo", "command");
    }

    /** It, with misbehaviour allowed and those options. */
    public static String command(String... options) {
        // a JVM that kills itself by SIGSEGV would leave a report behind
        String impolite = command().replace(" --polite", "").replace(" -jar ", " -XX:ErrorFile=/dev/null -jar ");
        return impolite + " " + String.join(" ", options);
    }
}
