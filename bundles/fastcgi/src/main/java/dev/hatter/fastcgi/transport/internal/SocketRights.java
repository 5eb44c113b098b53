// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.UnixRights;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/** Owner, group and mode of a socket's file. Names are looked up in the system's user database, which may take a while. */
final class SocketRights {
    private SocketRights() {}

    static void set(Path file, UnixRights rights) throws IOException {
        own(file, rights);
        mode(file, rights.mode());
        if (rights.hasAcl()) {
            SocketAcl.set(file, rights, rights.mode());
        }
    }

    static void change(Path file, UnixRights from, UnixRights to) throws IOException {
        if (from.equals(to)) {
            return;
        }
        int both = from.mode() & to.mode();
        if (from.hasAcl() || to.hasAcl()) {
            // each step puts a whole list in place at once: who is on the old one and the new never loses access
            SocketAcl.set(file, to.hasAcl() ? to : from, both);
            own(file, to);
            SocketAcl.set(file, to, to.mode());
        } else {
            mode(file, both);
            own(file, to);
            mode(file, to.mode());
        }
    }

    private static void own(Path file, UnixRights rights) throws IOException {
        if (rights.hasAcl()) {
            disown(file);
            return;
        }
        UserPrincipalLookupService names = file.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (rights.owner() != null) {
            tell("listen.owner", rights.owner(), () -> view.setOwner(names.lookupPrincipalByName(rights.owner())));
        }
        if (rights.group() != null) {
            tell("listen.group", rights.group(), () -> view.setGroup(names.lookupPrincipalByGroupName(rights.group())));
        }
    }

    /** Gives it to Hatter itself: the owner of a socket can do more than connect. */
    private static void disown(Path file) throws IOException {
        Path self = Path.of("/proc/self");
        for (String attribute : List.of("unix:uid", "unix:gid")) {
            Object own = Files.getAttribute(self, attribute);
            if (!own.equals(Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS))) {
                Files.setAttribute(file, attribute, own, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static void mode(Path file, int mode) throws IOException {
        tell("listen.mode", Integer.toOctalString(mode), () -> Files.setAttribute(file, "unix:mode", mode));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void tell(String directive, String value, Step step) throws IOException {
        try {
            step.run();
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException(directive + " = " + value + ": this system knows no such name", e);
        } catch (FileSystemException e) {
            throw new IOException(directive + " = " + value + ": " + e.getReason(), e);
        }
    }
}
