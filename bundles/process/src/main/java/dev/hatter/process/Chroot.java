// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths as a process sees them whose root directory is another one. */
public final class Chroot {
    private static final int MOST_LINKS = 40; // the kernel's MAXSYMLINKS

    private Chroot() {}

    /**
     * Where a file lies, seen from outside. Symbolic links are followed the way the kernel does inside: an absolute one
     * begins at that root, and no ".." leads out of it.
     *
     * @param root the process' root directory
     * @param inside an absolute path in it
     * @return a path without symbolic links below the root
     * @throws IOException when there is no such file, or a part of the path can't be looked at
     */
    public static Path resolve(Path root, Path inside) throws IOException {
        Path current = root;
        int links = 0;
        Deque<Path> ahead = new ArrayDeque<>();
        push(ahead, inside);
        while (!ahead.isEmpty()) {
            Path name = ahead.pop();
            if (name.toString().equals("..")) {
                current = current.equals(root) ? root : current.getParent();
                continue;
            }
            Path next = current.resolve(name);
            if (!attributes(next).isSymbolicLink()) {
                current = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                throw new FileSystemLoopException(inside.toString());
            }
            Path target = Files.readSymbolicLink(next);
            current = target.isAbsolute() ? root : current;
            push(ahead, target);
        }
        return current;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void push(Deque<Path> ahead, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            String name = path.getName(i).toString();
            if (!name.isEmpty() && !name.equals(".")) {
                ahead.push(path.getName(i));
            }
        }
    }
}
