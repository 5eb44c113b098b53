// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.Pointer;

/** A listening Unix socket. */
public final class ListeningSocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SUN_PATH = 108;

    private ListeningSocket() {}

    /**
     * Makes the socket file and listens on it.
     *
     * @param path shorter than the 108 bytes of sun_path: of a directory anywhere, its {@link Descriptor#procPath}
     * @param backlog connections that wait to be accepted; the kernel caps it at net.core.somaxconn
     */
    public static Descriptor listen(Native os, Path path, int backlog) throws SystemCallException {
        int fd = os.check(os.c.socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket", "AF_UNIX");
        Descriptor socket = new Descriptor(os, fd);
        try {
            bind(os, socket, path);
            os.check(os.c.listen(fd, backlog), "listen", path);
            return socket;
        } catch (SystemCallException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static void bind(Native os, Descriptor socket, Path path) throws SystemCallException {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= SUN_PATH) {
            throw new IllegalArgumentException("socket path longer than " + (SUN_PATH - 1) + " bytes: " + path);
        }
        Pointer address = os.allocate(Short.BYTES + SUN_PATH);
        address.putShort(0, (short) AF_UNIX);
        address.put(Short.BYTES, bytes, 0, bytes.length);
        int result = os.c.bind(socket.fd(), address, Short.BYTES + bytes.length + 1);
        Reference.reachabilityFence(address); // its memory goes with it
        os.check(result, "bind", path);
    }

    /** What /proc shows for that socket in every process that has it: "socket:[12345]". */
    public static String mark(Descriptor socket) throws IOException {
        return Files.readSymbolicLink(socket.procPath()).toString();
    }
}
