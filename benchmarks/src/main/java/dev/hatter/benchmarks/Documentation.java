// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a run's table and plot into docs/. */
final class Documentation {
    private static final String BEGIN = "<!-- begin of a run's results: written by benchmarks/run --docs -->\n";
    private static final String END = "<!-- end of a run's results -->\n";

    private final Path docs;

    Documentation(Path docs) {
        this.docs = docs;
    }

    void update(Report report, Path plot) throws IOException {
        Path page = docs.resolve("performance.md");
        Files.writeString(page, replaced(Files.readString(page), report.toString()));
        if (Files.exists(plot)) {
            Files.copy(plot, docs.resolve("images/performance.svg"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String replaced(String page, String results) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("docs/performance.md lacks the lines between which results stand");
        }
        return page.substring(0, begin) + BEGIN + "\n" + results + "\n" + page.substring(end);
    }
}
