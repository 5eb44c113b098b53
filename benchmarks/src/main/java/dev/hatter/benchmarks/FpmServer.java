// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.util.List;

/** The real php-fpm. */
final class FpmServer implements Server {
    private final Scratch scratch = Scratch.create();
    private final Child child;

    FpmServer(Php php, List<Pool> pools) {
        try {
            Path conf = scratch.write(
                    "php-fpm.conf",
                    "[global]\nerror_log = %1$s/fpm.log\ninclude = %1$s/pool.d/*.conf\n".formatted(scratch.path()));
            pools.forEach(
                    pool -> scratch.write("pool.d/" + pool.name() + ".conf", "[" + pool.name() + "]\n" + pool.text()));
            child = Session.start("php-fpm", scratch.path(), php.environment(), php.fpmCommand(conf));
            await().failFast("php-fpm has ended", () -> !child.isAlive())
                    .until(() -> pools.stream().allMatch(pool -> Sockets.listens(pool.listen())));
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    @Override
    public Processes processes() {
        return new Processes(child.pid());
    }

    @Override
    public void close() {
        try (scratch;
                child) {
            // both, whatever happens
        }
    }
}
