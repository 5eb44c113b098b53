// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

public final class Nginx extends FrontServer {
    /** What surrounds a sample: no file and directory of the machine's own nginx is touched. */
    private static final String MAIN = """
            %s
            worker_processes 2;
            pid nginx.pid;
            error_log stderr;
            events {
            }
            http {
                include /etc/nginx/mime.types;
                access_log off;
                client_body_temp_path body;
                fastcgi_temp_path fastcgi;
                proxy_temp_path proxy;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                %s
                include sample.conf;
            }
            """;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    protected Path program() {
        return Programs.require("nginx", "nginx-light");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("nginx/hatter.conf")
                .with("127.0.0.1:8080", "127.0.0.1:" + port)
                .with("/srv/www", site.root())
                .with("127.0.0.1:9000", upstream(site.backend()))
                .with(Sample.SCRIPTS, site.scripts());
        if (!site.keepConnections()) {
            sample.withLine("keepalive ", "").withLine("fastcgi_keep_conn ", "");
        }
        scratch.write("sample.conf", text(sample));
        String user = Machine.workerUser().map("user %s;"::formatted).orElse("");
        String timeout = site.readTimeout() > 0 ? "fastcgi_read_timeout " + site.readTimeout() + "s;" : "";
        scratch.write("nginx.conf", MAIN.formatted(user, timeout));
        String prefix = scratch.path().toString();
        return List.of(
                program().toString(), "-p", prefix, "-c", prefix + "/nginx.conf", "-e", "stderr", "-g", "daemon off;");
    }

    private static String upstream(Backend backend) {
        return backend instanceof Backend.Unix unix ? "unix:" + unix.path() : backend.toString();
    }
}
