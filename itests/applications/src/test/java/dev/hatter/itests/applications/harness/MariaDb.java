// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A MariaDB server with data of its own, on a Unix socket alone; its user "ann" may do everything. */
public final class MariaDb implements AutoCloseable {
    private static final Duration TIME = Duration.ofSeconds(60);

    private final Child child;

    private MariaDb(Child child) {
        this.child = child;
    }

    /** The server's program; without it the test is skipped, or fails where {@code CI=true}. */
    public static Path program() {
        return Programs.require("mariadbd", "mariadb-server");
    }

    public static MariaDb start(Scratch scratch, String password) {
        Path data = scratch.writable("mariadb");
        Path socket = socket(scratch);
        Path users = scratch.write(
                "users.sql",
                "CREATE USER ann@localhost IDENTIFIED BY '" + password + "';\n"
                        + "GRANT ALL ON *.* TO ann@localhost WITH GRANT OPTION;\n");
        String install =
                Programs.require("mariadb-install-db", "mariadb-server").toString();
        Run.check(TIME, arguments(install, data, "--skip-test-db").toArray(String[]::new));
        // fast, as the data is thrown away
        List<String> server = arguments(
                program().toString(),
                data,
                "--socket=" + socket,
                "--skip-networking",
                "--character-set-server=utf8mb4",
                "--init-file=" + users,
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M");
        Child child = Child.start("mariadbd", scratch.path(), Map.of(), server);
        try {
            await().atMost(TIME)
                    .failFast("MariaDB has ended", () -> !child.isAlive())
                    .until(() -> PhpFpm.listens(new Backend.Unix(socket)));
            return new MariaDb(child);
        } catch (RuntimeException e) {
            child.close();
            throw new AssertionError("MariaDB doesn't start: " + Logs.tail(child.log()), e);
        }
    }

    /** As root it changes to the user that Debian's package has made for it. */
    private static List<String> arguments(String program, Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(program, "--no-defaults", "--datadir=" + data));
        if (Machine.isRoot()) {
            arguments.add("--user=mysql");
        }
        Stream.of(more).forEach(arguments::add);
        return arguments;
    }

    /** Where one listens that is started there. */
    public static Path socket(Scratch scratch) {
        return scratch.path().resolve("mariadb/mariadb.sock");
    }

    @Override
    public void close() {
        child.close();
    }
}
