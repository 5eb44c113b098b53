// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    private static final List<Workload> ALL = Stream.of("hello-16-unix-kept", "hello-16-tcp-kept", "memory")
            .map(OptionsTest::named)
            .toList();

    /** A fake: nothing to run. */
    private static Workload named(String name) {
        return new Workload() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String title() {
                return name;
            }

            @Override
            public List<String> contestants() {
                return List.of();
            }

            @Override
            public void prepare(String contestant) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Sample run(String contestant) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static List<String> selected(String... arguments) {
        return Options.parse(arguments).select(ALL).stream().map(Workload::name).toList();
    }

    @Test
    void allRunWhenNoneIsNamed() {
        assertThat(selected("--quick")).hasSize(3);
    }

    @Test
    void someRunByPattern() {
        assertThat(selected("*-unix-*", "memory")).containsExactly("hello-16-unix-kept", "memory");
    }

    @Test
    void aPatternOfNothingIsAnError() {
        assertThatThrownBy(() -> selected("memory", "hallo-*")).hasMessageContaining("no workload is called hallo-*");
    }

    @Test
    void roundsAndSecondsCanBeChosen() {
        Times times =
                Options.parse("--quick", "--rounds", "5", "--seconds", "2").times();
        assertThat(times).isEqualTo(Times.QUICK.withRounds(5).withSeconds(2));
    }

    @Test
    void anotherBuildCanBeMeasuredTwice(@TempDir Path directory) throws IOException {
        String archive = Files.createFile(directory.resolve("hatter.tar.gz")).toString();
        assertThat(Options.parse("--other", archive, "--builds", "--other", archive)
                        .others())
                .hasSize(2);
        assertThatThrownBy(() -> Options.parse("--other", archive, "--other", archive, "--other", archive))
                .hasMessageContaining("--other can be given twice, not 3 times");
        assertThatThrownBy(() -> Options.parse("--other", archive + ".sig")).hasMessageContaining("no such file");
    }

    @Test
    void faultsAreNamed() {
        assertThatThrownBy(() -> Options.parse("--round", "5")).hasMessageContaining("unknown option --round");
        assertThatThrownBy(() -> Options.parse("--rounds")).hasMessageContaining("--rounds needs a value");
        assertThatThrownBy(() -> Options.parse("--rounds", "0")).hasMessageContaining("--rounds 0: must be a number");
    }
}
