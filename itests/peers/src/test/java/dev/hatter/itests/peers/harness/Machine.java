// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Facts of the machine that the tests run on. */
public final class Machine {
    private static final ConcurrentHashMap<Integer, Boolean> GIVEN = new ConcurrentHashMap<>();
    private static final boolean ROOT = uid() == 0;

    private Machine() {}

    public static boolean isRoot() {
        return ROOT;
    }

    /** Who web servers and workers run as when root starts them; empty when the tests don't run as root. */
    public static Optional<String> workerUser() {
        return ROOT ? Optional.of(hasUser("www-data") ? "www-data" : "nobody") : Optional.empty();
    }

    public static String me() {
        return System.getProperty("user.name");
    }

    /** A TCP port of 127.0.0.1 that nobody listens on, never the same twice. */
    public static int freePort() {
        while (true) {
            try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                if (GIVEN.putIfAbsent(probe.getLocalPort(), true) == null) {
                    return probe.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no free TCP port on 127.0.0.1", e);
            }
        }
    }

    /** The number of the user's group. */
    public static int groupOf(String user) {
        return Integer.parseInt(account(user).orElseThrow()[3]);
    }

    private static boolean hasUser(String name) {
        return account(name).isPresent();
    }

    private static Optional<String[]> account(String name) {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields[0].equals(name))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("/etc/passwd can't be read", e);
        }
    }

    private static int uid() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self can't be read", e);
        }
    }
}
