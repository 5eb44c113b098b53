// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.util.List;

/** Who the shipped pools' workers run as: nobody who matters, when Hatter is root; else Hatter's own user. */
final class DefaultUser {
    private static final Integer ROOT = 0;

    private DefaultUser() {}

    /** A user's name, or empty to keep Hatter's own. */
    static String name() throws IOException {
        if (!RunDirectory.ownUid().equals(ROOT)) {
            return "";
        }
        for (String name : List.of("www-data", "nobody")) {
            if (exists(name)) {
                return name;
            }
        }
        return "nobody"; // which the pool then refuses, by name, rather than run workers as root
    }

    private static boolean exists(String name) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
