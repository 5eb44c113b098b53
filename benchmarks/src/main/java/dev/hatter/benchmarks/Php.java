// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The PHP of this machine. Debian keeps settings and extensions for php-cgi and for php-fpm apart; here all run with those
 * of php-cgi.
 */
final class Php {
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final List<String> FPM = List.of("php-fpm8.2", "php-fpm8.4", "php-fpm8.3", "php-fpm");

    private final Path cgi = Programs.require("php-cgi", "php-cgi");
    private final String scanDirectory;
    private final String ini;

    Php(Scratch scratch) {
        String facts =
                run(scratch.write("facts.php", "<?php echo PHP_CONFIG_FILE_SCAN_DIR, \"\\n\", php_ini_loaded_file();"));
        this.scanDirectory = facts.lines().findFirst().orElseThrow();
        this.ini = facts.lines().skip(1).findFirst().orElseThrow();
    }

    /** Runs a script to its end and gives its output. */
    String run(Path script) {
        return Run.check(TIME, cgi.toString(), "-q", script.toString());
    }

    List<String> cgiCommand() {
        return List.of(cgi.toString(), "-c", ini, "-d", "post_max_size=0");
    }

    List<String> fpmCommand(Path conf) {
        Path program = FPM.stream()
                .flatMap(name -> Programs.find(name).stream())
                .findFirst()
                .orElseThrow(() -> Programs.missing("php-fpm isn't installed (apt-get install php-fpm)"));
        return List.of(program.toString(), "-F", "-O", "-c", ini, "-d", "post_max_size=0", "-y", conf.toString());
    }

    /** What each PHP needs in its environment. */
    Map<String, String> environment() {
        return Map.of("PHP_INI_SCAN_DIR", scanDirectory);
    }
}
