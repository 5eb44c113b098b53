// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Chroot;
import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.internal.os.Account;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the program of a command and what would keep it from being run. */
final class Programs {
    private static final int FIRST_LINE_LIMIT = 256; // BINPRM_BUF_SIZE

    private static final Path NO_ROOT = Path.of("/");
    private static final Path NOWHERE = Path.of("/proc/self/no-such-file");

    private final SearchPath searchPath;
    private final Access access;
    private final Path root;

    /** @param root the directory that is "/" to the process; null for Hatter's own */
    Programs(SearchPath searchPath, Access access, Path root) {
        this.searchPath = root == null ? searchPath : searchPath.in(root);
        this.access = access;
        this.root = root == null ? NO_ROOT : root;
    }

    /** The absolute path, inside the root; empty when faults were added. */
    Optional<Path> find(List<String> command, Optional<Account> account, Faults faults) {
        if (command.isEmpty() || command.get(0).isEmpty()) {
            faults.add(Part.COMMAND, "the command is empty; name a program");
            return Optional.empty();
        }
        Optional<Path> program = locate(command.get(0), faults);
        program.ifPresent(path -> check(path, account, faults));
        return program;
    }

    private Optional<Path> locate(String name, Faults faults) {
        if (name.startsWith("/")) {
            return path(name, faults);
        }
        if (name.contains("/")) {
            faults.add(
                    Part.COMMAND,
                    "program \"" + name + "\" is a relative path; write the whole path, or a name to be found in PATH");
            return Optional.empty();
        }
        Optional<Path> found = searchPath.find(name);
        if (found.isEmpty()) {
            faults.add(
                    Part.COMMAND,
                    "no program \"" + name + "\" in " + searchPath + "; install it, or write its whole path");
        }
        return found;
    }

    private static Optional<Path> path(String name, Faults faults) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            faults.add(Part.COMMAND, "program \"" + name.replace('\0', '?') + "\" can't be a path: " + e.getReason());
            return Optional.empty();
        }
    }

    private void check(Path program, Optional<Account> account, Faults faults) {
        Path file = outside(program);
        if (!Files.exists(file)) {
            faults.add(
                    Part.COMMAND,
                    "no such program \"" + program + "\"" + where() + "; install it, or correct the path");
        } else if (Files.isDirectory(file)) {
            faults.add(Part.COMMAND, "program \"" + program + "\" is a directory; name the program in it");
        } else if (!Files.isRegularFile(file)) {
            faults.add(Part.COMMAND, "program \"" + program + "\" is no regular file; name a program");
        } else {
            checkRights(program, file, account, faults);
            checkInterpreter(program, file, account, faults);
        }
    }

    /** The same file, as Hatter sees it. */
    private Path outside(Path inside) {
        try {
            return root.equals(NO_ROOT) ? inside : Chroot.resolve(root, inside);
        } catch (IOException e) {
            return NOWHERE; // a link must not be followed out of the root
        }
    }

    private String where() {
        return root.equals(NO_ROOT) ? "" : " inside of root directory \"" + root + "\"";
    }

    private void checkRights(Path program, Path file, Optional<Account> account, Faults faults) {
        access.obstacle(file, root, account)
                .ifPresent(obstacle ->
                        faults.add(Part.COMMAND, "program \"" + program + "\" can't be executed: " + obstacle));
    }

    private void checkInterpreter(Path script, Path file, Optional<Account> account, Faults faults) {
        interpreter(file).ifPresent(interpreter -> {
            if (!Files.isRegularFile(outside(interpreter))) {
                faults.add(
                        Part.COMMAND,
                        "no program \"" + interpreter + "\"" + where() + ", which script \"" + script
                                + "\" names in its first line; install it, or correct the line");
            } else {
                access.obstacle(outside(interpreter), root, account)
                        .ifPresent(obstacle -> faults.add(
                                Part.COMMAND,
                                "program \"" + interpreter + "\", which script \"" + script
                                        + "\" names in its first line, can't be executed: " + obstacle));
            }
        });
    }

    private static Optional<Path> interpreter(Path program) {
        try (InputStream in = Files.newInputStream(program)) {
            String start = new String(in.readNBytes(FIRST_LINE_LIMIT), StandardCharsets.ISO_8859_1);
            String line = start.lines().findFirst().orElse("");
            String name = line.startsWith("#!") ? line.substring(2).strip().split("[ \\t]", 2)[0] : "";
            return name.startsWith("/") ? Optional.of(Path.of(name)) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // may be executable all the same
        }
    }
}
