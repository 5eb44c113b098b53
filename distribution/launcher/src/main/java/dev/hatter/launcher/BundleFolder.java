// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder {@code bundles/N-what} of the distribution.
 *
 * @param startLevel N
 */
record BundleFolder(int startLevel, List<Path> jars) {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]?)-.+");

    /** In the order of their start levels. */
    static List<BundleFolder> in(Path bundles) throws IOException, StartException {
        List<BundleFolder> folders;
        try (Stream<Path> found = Files.list(bundles)) {
            folders = found.map(BundleFolder::matcher)
                    .filter(Matcher::matches)
                    .map(name ->
                            new BundleFolder(Integer.parseInt(name.group(1)), jarsIn(bundles.resolve(name.group()))))
                    .sorted((a, b) -> Integer.compare(a.startLevel, b.startLevel))
                    .toList();
        }
        if (folders.isEmpty()) {
            throw new StartException(bundles + " has no folder of bundles: unpack the distribution again");
        }
        return folders;
    }

    private static Matcher matcher(Path folder) {
        return NAME.matcher(folder.getFileName().toString());
    }

    private static List<Path> jarsIn(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
