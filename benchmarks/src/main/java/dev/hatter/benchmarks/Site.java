// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;

/** The scripts that all are asked for. */
final class Site {
    static final int LARGE = 1024 * 1024;

    /** How often PHP has to hash in a millisecond on this machine, undisturbed: the best of many tries. */
    private static final String CALIBRATION = """
            <?php
            $best = INF;
            for ($try = 0; $try < 300; $try++) {
                $begin = hrtime(true);
                for ($i = 0; $i < 1000; $i++) { $hash = md5('x' . $i); }
                $best = min($best, hrtime(true) - $begin);
            }
            echo (int) (1e6 / ($best / 1000));
            """;

    private final Path root;
    private final Path marks;
    private final int perMillisecond;

    Site(Scratch scratch, Php php) {
        this.perMillisecond = Integer.parseInt(
                php.run(scratch.write("calibration.php", CALIBRATION)).strip());
        scratch.write("www/hello.php", "<?php echo 'hello';");
        scratch.write("www/pid.php", "<?php echo getmypid();");
        scratch.write("www/work300us.php", work(0.3));
        scratch.write("www/work5ms.php", work(5));
        scratch.write("www/large.php", "<?php echo str_repeat('x', " + LARGE + ");");
        scratch.write("www/upload.php", """
                <?php
                $in = fopen('php://input', 'r');
                $bytes = 0;
                while (!feof($in)) { $bytes += strlen(fread($in, 65536)); }
                echo $bytes;
                """);
        this.marks = scratch.writable("marks");
        scratch.write("www/nap.php", "<?php usleep(20000); echo 'hello';");
        scratch.write("www/mark.php", "<?php touch('" + marks + "/' . $_SERVER['QUERY_STRING']); echo 'hello';");
        scratch.write("www/hold.php", """
                <?php
                touch('%1$s/' . $_SERVER['QUERY_STRING']);
                for ($i = 0; $i < 6000 && !file_exists('%1$s/release'); $i++) { usleep(10000); }
                echo 'hello';
                """.formatted(marks));
        this.root = scratch.path().resolve("www");
    }

    private String work(double milliseconds) {
        return "<?php for ($i = 0; $i < %d; $i++) { $hash = md5('x' . $i); } echo 'hello';"
                .formatted(Math.round(milliseconds * perMillisecond));
    }

    /** Where {@code mark.php?NAME} and {@code hold.php?NAME} leave a file NAME; the latter waits for one named "release". */
    Path marks() {
        return marks;
    }

    Path root() {
        return root;
    }
}
