// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One php-cgi that listens itself. */
final class DirectPhp implements AutoCloseable {
    private final Child child;
    private final Backend listen;

    private DirectPhp(Child child, Backend listen) {
        this.child = child;
        this.listen = listen;
    }

    /** Starts it and doesn't wait. */
    static DirectPhp start(Php php, Backend.Unix listen) {
        List<String> command = new ArrayList<>(php.cgiCommand());
        command.addAll(List.of("-b", listen.toString()));
        Map<String, String> environment = new HashMap<>(php.environment());
        environment.put("PHP_FCGI_MAX_REQUESTS", "0");
        return new DirectPhp(Child.start("php-cgi", listen.path().getParent(), environment, command), listen);
    }

    void awaitListening() {
        await().failFast("php-cgi has ended", () -> !child.isAlive()).until(() -> Sockets.listens(listen));
    }

    @Override
    public void close() {
        child.close();
    }
}
