// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;

/** What {@code bin/hatter run} and {@code start} execute. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Logs.configure();
        try {
            System.exit(new Standalone(Settings.fromSystemProperties()).run());
        } catch (StartException | IOException e) {
            Logs.error(e.getMessage());
            System.exit(1);
        }
    }
}
