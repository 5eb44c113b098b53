// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;

/** The pages that are asked for under load. */
public final class Site {
    private Site() {}

    /** A document root with quick.php, which is over at once, and slow.php, which takes most of a second and no CPU. */
    public static Path create(Scratch scratch) {
        scratch.write("www/quick.php", "<?php echo 'hello from ', getmypid();");
        scratch.write("www/slow.php", "<?php usleep(700000); echo 'late hello from ', getmypid();");
        scratch.write("www/work.php", "<?php usleep(50000); echo 'hello from ', getmypid();");
        scratch.write("www/large.php", "<?php echo str_repeat('x', (int) $_GET['bytes']);");
        return scratch.path().resolve("www");
    }
}
