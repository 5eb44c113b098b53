// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.beside.Differences;
import dev.hatter.itests.peers.beside.Differences.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each line of {@code docs/applications.md} names the tests that show it: they are there. */
class ApplicationsDocumentIT {
    private static final Path SOURCES = Path.of(System.getProperty("hatter.sources"));

    @Test
    void eachLineIsShownByATest() throws IOException {
        Map<String, Path> tests = tests();
        List<Line> lines = Differences.lines();
        assertThat(lines).as("lines").hasSizeGreaterThan(20);
        for (Line line : lines) {
            assertThat(line.tests()).as("%s", line).isNotEmpty();
            for (String test : line.tests()) {
                String[] parts = test.split("\\.");
                assertThat(tests).as("%s", line).containsKey(parts[0]);
                if (parts.length > 1) {
                    assertThat(tests.get(parts[0])).as("%s", line).content().contains(" void " + parts[1] + "(");
                }
            }
        }
    }

    /** The source of each test class of all modules. */
    private static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                SOURCES, 20, (file, attributes) -> file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""), Function.identity(), (a, b) -> a));
        }
    }
}
