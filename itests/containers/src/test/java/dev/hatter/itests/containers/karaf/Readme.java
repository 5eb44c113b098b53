// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the README tells users to type. */
final class Readme {
    private Readme() {}

    /** The lines of the first block of code below that heading. */
    static List<String> commands(String heading) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("hatter.readme")));
        Matcher block = Pattern.compile("\n## " + Pattern.quote(heading) + "\n.*?\n```\n(.*?)\n```\n", Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            throw new AssertionError("the README has no commands below \"" + heading + "\"");
        }
        return block.group(1).lines().toList();
    }
}
