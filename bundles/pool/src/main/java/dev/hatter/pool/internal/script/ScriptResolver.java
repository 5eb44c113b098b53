// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import dev.hatter.process.Chroot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Finds the script that a path names, and decides whether it may run ({@code security.limit_extensions}).
 *
 * <p>php-cgi shortens a path that isn't there at its slashes until it finds a file, and runs that: {@code /pic.jpg/x.php}
 * runs {@code /pic.jpg}. So the same is done here first, and the extension of what was found counts, not that of what was
 * asked for. Blocks on the file system.
 */
public final class ScriptResolver {
    /** Linux' PATH_MAX: nothing longer can be a file. */
    private static final int LONGEST_PATH = 4096;

    private ScriptResolver() {}

    /**
     * Resolves the path of a request.
     *
     * @param path SCRIPT_FILENAME, {@linkplain #normalize normalized}
     * @param extensions those allowed; empty when any is
     */
    public static Resolution resolve(String path, List<String> extensions) {
        return resolve(path, new ScriptRules(null, extensions, script -> true));
    }

    /**
     * Resolves the path of a request.
     *
     * @param path SCRIPT_FILENAME, {@linkplain #normalize normalized}, as the worker sees it
     */
    public static Resolution resolve(String path, ScriptRules rules) {
        if (!isPlausible(path)) {
            return new Resolution.Missing();
        }
        try {
            return find(path, rules);
        } catch (AccessDeniedException e) {
            return new Resolution.Denied(path, "no right to look at it");
        } catch (IOException | InvalidPathException e) {
            return new Resolution.Missing();
        }
    }

    /**
     * Makes doubled slashes and "." segments single: php-cgi matches its [PATH=] sections against the text of the path, and
     * a doubled slash would evade them.
     */
    public static String normalize(String path) {
        String result = path;
        if (path.contains("//") || path.contains("/./")) {
            result = path.replaceAll("/+", "/").replaceAll("(/\\.)+(?=/)", "");
        }
        return result;
    }

    /** php-fpm refuses "..", and so no path leaves the directory it seems to be in. */
    private static boolean isPlausible(String path) {
        return path.startsWith("/")
                && path.length() <= LONGEST_PATH
                && path.indexOf('\0') < 0
                && !(path + "/").contains("/../");
    }

    private static Resolution find(String path, ScriptRules rules) throws IOException {
        int end = path.length();
        while (end > 1) {
            String candidate = path.substring(0, end);
            BasicFileAttributes attributes = attributes(rules.chroot(), candidate);
            if (attributes != null) {
                return found(path, candidate, attributes, rules);
            }
            end = path.lastIndexOf('/', end - 1);
        }
        return new Resolution.Missing();
    }

    private static Resolution found(String path, String candidate, BasicFileAttributes attributes, ScriptRules rules) {
        // a path with a slash at its end is a directory's, whatever Path makes of it
        if (!attributes.isRegularFile() || candidate.endsWith("/")) {
            return new Resolution.Missing();
        }
        List<String> extensions = rules.extensions();
        if (!extensions.isEmpty() && extensions.stream().noneMatch(candidate::endsWith)) {
            return new Resolution.Denied(candidate, "see security.limit_extensions");
        }
        if (!rules.holdFor().test(candidate)) {
            return new Resolution.Denied(
                    candidate, "php_admin_value wouldn't count there; save the pool's configuration again");
        }
        return new Resolution.Script(candidate, path.substring(candidate.length()));
    }

    /** Null when there is no such file, or a part of the path before it is a file. */
    private static BasicFileAttributes attributes(Path chroot, String candidate) throws IOException {
        if (candidate.endsWith("/")) {
            return null;
        }
        try {
            Path file = Path.of(candidate);
            return Files.readAttributes(
                    chroot == null ? file : Chroot.resolve(chroot, file), BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
                return null;
            }
            throw e;
        }
    }
}
