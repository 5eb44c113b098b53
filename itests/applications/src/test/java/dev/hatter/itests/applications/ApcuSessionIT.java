// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.applications.harness.Form;
import dev.hatter.itests.applications.harness.Manager;
import dev.hatter.itests.applications.harness.Page;
import dev.hatter.itests.applications.harness.PhpModules;
import dev.hatter.itests.applications.harness.PhpPool;
import dev.hatter.itests.applications.harness.Readers;
import dev.hatter.itests.applications.harness.Visitor;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A page that keeps its sessions in APCu, a memory that php-fpm's children share; three readers beside. */
class ApcuSessionIT {
    private static final int LOGINS = 50;
    private static final int READERS = 3;
    private static final int CHILDREN = 4;

    @BeforeAll
    static void apcuIsThere() {
        PhpModules.require("apcu", "php-apcu");
    }

    @Test
    void phpFpmLosesNoLogin() {
        assertThat(remembered(Manager.PHP_FPM)).isEqualTo(LOGINS);
    }

    @Test
    void aGroupLosesNoLogin() {
        assertThat(remembered(Manager.HATTER_GROUP)).isEqualTo(LOGINS);
    }

    /** Which is why the documentation says so, and shows that the test above can fail. */
    @Test
    void singleWorkersLoseSome() {
        assertThat(remembered(Manager.HATTER)).isLessThan(LOGINS);
    }

    /** How many people who have logged in are greeted on the next page. */
    private static long remembered(Manager manager) {
        try (Scratch scratch = Scratch.create()) {
            Path page = scratch.site("apcu.php", "www/apcu.php");
            PhpPool pool =
                    new PhpPool("apcu", new Backend.Unix(scratch.path().resolve("php.sock")), CHILDREN, Map.of());
            try (Manager.Running running = manager.start(pool);
                    FrontServer.Front front = new Nginx().start(manager.site(page.getParent(), pool));
                    Readers readers = Readers.start(READERS, front, "/apcu.php")) {
                long kept = IntStream.range(0, LOGINS)
                        .filter(login -> logIn(front).contains("<p>Hello Ann.</p>"))
                        .count();
                Logs.say("      %s: %d of %d logins kept", manager, kept, LOGINS);
                return kept;
            }
        }
    }

    private static String logIn(FrontServer.Front front) {
        Visitor visitor = new Visitor(front);
        Page page = visitor.open("the form", "/apcu.php").shows("Please log in.");
        Form form = page.form("password").with("user", "Ann").with("password", "password");
        return visitor.submit("login", page, form).shows().text();
    }
}
