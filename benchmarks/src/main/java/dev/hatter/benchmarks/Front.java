// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one nginx in front of all: a port for each pool and way to it. */
final class Front implements AutoCloseable {
    private static final String MAIN = """
            %s
            worker_processes 2;
            worker_rlimit_nofile 8192;
            pid nginx.pid;
            error_log error.log error;
            events {
                worker_connections 4000;
            }
            http {
                access_log off;
                client_body_temp_path body;
                fastcgi_temp_path fastcgi;
                proxy_temp_path proxy;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                client_max_body_size 0;
                keepalive_requests 100000000;
                # uploads and downloads stream through, as in Hatter's sample
                fastcgi_request_buffering off;
                fastcgi_max_temp_file_size 0;
            %s
            }
            """;
    private static final String UPSTREAM = """
            upstream %1$s_%2$d {
                server %3$s max_fails=0;
                %4$s
            }
            """;
    /** Idle connections go soon, so that those of one run hold no worker in another. */
    private static final String KEPT = "keepalive 256; keepalive_requests 100000000; keepalive_timeout 500ms;";

    private static final String SERVER = """
            server {
                listen 127.0.0.1:%1$d backlog=2048;
                location ~ ^%2$s {
                    include /etc/nginx/fastcgi_params;
                    fastcgi_param SCRIPT_FILENAME %3$s$script;
                    fastcgi_pass %4$s;
                    fastcgi_keep_conn %5$s;
                }
            }
            """;

    /**
     * A port of nginx's.
     *
     * @param name letters and digits
     * @param backends from two on: a path below /p0, /p1 and so on leads to each
     */
    record Gate(String name, List<Backend> backends, boolean kept) {}

    private final Scratch scratch = Scratch.create();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Child child;

    Front(Path root, List<Gate> gates) {
        try {
            gates.forEach(gate -> ports.put(gate.name(), Machine.freePort()));
            String servers = gates.stream().map(gate -> text(gate, root)).collect(Collectors.joining());
            String user = Machine.workerUser().map("user %s;"::formatted).orElse("");
            Path conf = scratch.write("nginx.conf", MAIN.formatted(user, servers));
            String prefix = scratch.path().toString();
            this.child = Session.start(
                    "nginx",
                    scratch.path(),
                    Map.of(),
                    List.of(
                            Programs.require("nginx", "nginx-light").toString(),
                            "-p",
                            prefix,
                            "-c",
                            conf.toString(),
                            "-e",
                            "stderr",
                            "-g",
                            "daemon off;"));
            await().failFast("nginx has ended", () -> !child.isAlive())
                    .until(() -> ports.values().stream().allMatch(port -> Sockets.listens(new Backend.Tcp(port))));
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    private String text(Gate gate, Path root) {
        boolean many = gate.backends().size() > 1;
        String upstreams = IntStream.range(0, gate.backends().size())
                .mapToObj(i -> UPSTREAM.formatted(
                        gate.name(), i, server(gate.backends().get(i)), gate.kept() ? KEPT : ""))
                .collect(Collectors.joining());
        return upstreams
                + SERVER.formatted(
                        ports.get(gate.name()),
                        many ? "/p(?<pool>\\d+)(?<script>/.*)$" : "(?<script>/.*)$",
                        root,
                        gate.name() + (many ? "_$pool" : "_0"),
                        gate.kept() ? "on" : "off");
    }

    private static String server(Backend backend) {
        return (backend instanceof Backend.Unix ? "unix:" : "") + backend;
    }

    URI uri(String gate) {
        return URI.create("http://127.0.0.1:" + ports.get(gate));
    }

    Processes processes() {
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
