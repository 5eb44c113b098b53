// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a run's table and plot into docs/. */
final class Documentation {
    /** Between these lines stand results. */
    record Place(String what) {
        static final Place RUN = new Place("a run's results");
        static final Place OVERLOAD = new Place("an overload's results");

        String begin() {
            return "<!-- begin of " + what + ": written by benchmarks/run --docs -->\n";
        }

        String end() {
            return "<!-- end of " + what + " -->\n";
        }
    }

    private final Path docs;

    Documentation(Path docs) {
        this.docs = docs;
    }

    void update(Report report, Path plot) throws IOException {
        Path page = docs.resolve("performance.md");
        String text = Files.readString(page);
        if (!report.load().isEmpty()) {
            text = replaced(text, Place.RUN, report.about() + "\n" + report.load());
        }
        if (!report.overload().isEmpty()) {
            text = replaced(text, Place.OVERLOAD, report.about() + "\n" + report.overload());
        }
        Files.writeString(page, text);
        if (Files.exists(plot)) {
            Files.copy(plot, docs.resolve("images/performance.svg"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String replaced(String page, Place place, String results) {
        int begin = page.indexOf(place.begin());
        int end = page.indexOf(place.end());
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "docs/performance.md lacks the lines between which " + place.what() + " stand");
        }
        return page.substring(0, begin) + place.begin() + "\n" + results + "\n" + page.substring(end);
    }
}
