// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * nginx in front of a pool that may move between several addresses. All of them are in its upstream, and none is ever
 * taken as down: an address that nobody listens on costs a failed connect, after which nginx tries the next one. A POST
 * that has been sent is never sent again ({@code proxy_next_upstream}: not with {@code non_idempotent}), so that a request
 * that is lost shows.
 */
public final class LoadedNginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            %s
            worker_processes 2;
            worker_rlimit_nofile 8192;
            pid nginx.pid;
            error_log error.log error;
            events {
                worker_connections 4000;
            }
            http {
                log_format upstream '$status $upstream_status';
                access_log access.log upstream buffer=64k;
                client_body_temp_path body;
                fastcgi_temp_path fastcgi;
                proxy_temp_path proxy;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                keepalive_requests 100000000;
                upstream pool {
                    %s
                }
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        include /etc/nginx/fastcgi_params;
                        fastcgi_param SCRIPT_FILENAME %s$fastcgi_script_name;
                        fastcgi_pass pool;
                        fastcgi_next_upstream error timeout;
                        fastcgi_keep_conn %s;
                    }
                }
            }
            """;

    private final Scratch scratch;
    private final Child child;
    private final int port;

    private LoadedNginx(Scratch scratch, Child child, int port) {
        this.scratch = scratch;
        this.child = child;
        this.port = port;
    }

    /** @param kept whether it keeps idle connections to the pool */
    public static LoadedNginx start(Path site, boolean kept, Backend... addresses) {
        Path program = Programs.require("nginx", "nginx-light");
        Scratch scratch = Scratch.create();
        try {
            int port = Machine.freePort();
            String servers = Stream.of(addresses)
                    .map(address ->
                            "server " + (address instanceof Backend.Unix ? "unix:" : "") + address + " max_fails=0;")
                    .collect(Collectors.joining("\n        "));
            String user = Machine.workerUser().map("user %s;"::formatted).orElse("");
            String upstream = kept ? servers + "\n        keepalive 64;" : servers;
            Path conf = scratch.write(
                    "nginx.conf", CONFIGURATION.formatted(user, upstream, port, site, kept ? "on" : "off"));
            List<String> command = List.of(
                    program.toString(),
                    "-p",
                    "" + scratch.path(),
                    "-c",
                    "" + conf,
                    "-e",
                    "stderr",
                    "-g",
                    "daemon off;");
            Child child = Child.start("nginx", scratch.path(), Map.of(), command);
            LoadedNginx nginx = new LoadedNginx(scratch, child, port);
            await().failFast("nginx has ended", () -> !child.isAlive()).until(nginx::accepts);
            return nginx;
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public Path directory() {
        return scratch.path();
    }

    /** Ends it, gracefully, so that the log is whole, and counts what it logged. */
    public Answers stop() {
        child.terminate();
        try (Stream<String> lines = Files.lines(scratch.path().resolve("access.log"))) {
            Map<String, Long> counts =
                    lines.collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
            Path log = Logs.create("nginx-errors");
            Files.write(log, Files.readAllBytes(scratch.path().resolve("error.log")));
            return new Answers(counts, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (scratch;
                child) {
            // both, whatever happens
        }
    }

    /**
     * How often which status was sent, with those that the pool gave.
     *
     * @param counts by "status upstream-status[, upstream-status]"
     */
    public record Answers(Map<String, Long> counts, Path errors) {
        /** Answers with that status. */
        public long with(int status) {
            return sum(key -> key.startsWith(status + " "));
        }

        /** Answers neither 200 nor given up by the client at the end of its run (499). */
        public long failed() {
            return sum(key -> !key.startsWith("200 ") && !key.startsWith("499 "));
        }

        /** Answers that took more than one address. */
        public long retried() {
            return sum(key -> key.contains(","));
        }

        private long sum(java.util.function.Predicate<String> wanted) {
            return counts.entrySet().stream()
                    .filter(entry -> wanted.test(entry.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }
}
