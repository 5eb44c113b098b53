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
        return command().replace(" --polite", "") + " " + String.join(" ", options);
    }
}
