// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** spawn-fcgi with php-cgi, which forks its workers itself; nobody watches it. */
final class SpawnFcgiServer implements Server {
    private final Scratch scratch = Scratch.create();
    private final Child child;

    SpawnFcgiServer(Php php, Backend.Unix listen, int workers) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Programs.require("spawn-fcgi", "spawn-fcgi").toString());
            command.addAll(List.of("-n", "-s", listen.toString(), "-M", "0666", "-b", "1024"));
            Machine.workerUser().ifPresent(user -> command.addAll(List.of("-u", user)));
            command.add("--");
            command.addAll(php.cgiCommand());
            Map<String, String> environment = new HashMap<>(php.environment());
            environment.put("PHP_FCGI_CHILDREN", "" + workers);
            environment.put("PHP_FCGI_MAX_REQUESTS", "0");
            child = Session.start("spawn-fcgi", scratch.path(), environment, command);
            await().failFast("spawn-fcgi has ended", () -> !child.isAlive()).until(() -> Sockets.listens(listen));
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
