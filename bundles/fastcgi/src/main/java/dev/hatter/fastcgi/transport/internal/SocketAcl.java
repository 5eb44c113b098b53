// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.UnixRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The access control list of a socket's file, by the program setfacl. */
public final class SocketAcl {
    private static final String OTHER_PLACES = "/usr/local/bin:/usr/bin:/bin";
    private static final int PATIENCE_SECONDS = 10;

    private SocketAcl() {}

    /** Where setfacl is. */
    public static Optional<Path> tool() {
        String path = System.getenv("PATH");
        return Stream.of(((path == null ? "" : path + ":") + OTHER_PLACES).split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "setfacl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Puts that list in the place of the one there is, in one step.
     *
     * @param mode for owner, group and all others
     */
    static void set(Path file, UnixRights rights, int mode) throws IOException {
        Path tool = tool().orElseThrow(() -> new IOException(
                "listen.acl_users, listen.acl_groups: no program \"setfacl\", which they need; install acl"));
        String list = String.join(",", entries(rights, mode));
        ProcessBuilder setfacl =
                new ProcessBuilder(tool.toString(), "--set", list, "--", file.toString()).redirectErrorStream(true);
        setfacl.environment().clear();
        Process process = setfacl.start();
        process.getOutputStream().close();
        try (var output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("listen.acl_users, listen.acl_groups: \"" + list + "\" can't be set: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while setfacl ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> entries(UnixRights rights, int mode) {
        List<String> entries = new ArrayList<>();
        entries.add("u::" + bits(mode >> 6));
        entries.add("g::" + bits(mode >> 3));
        entries.add("o::" + bits(mode));
        rights.aclUsers().forEach(user -> entries.add("u:" + user + ":rw"));
        rights.aclGroups().forEach(group -> entries.add("g:" + group + ":rw"));
        return entries;
    }

    private static String bits(int three) {
        return ((three & 4) != 0 ? "r" : "-") + ((three & 2) != 0 ? "w" : "-") + ((three & 1) != 0 ? "x" : "-");
    }
}
