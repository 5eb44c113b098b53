// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

/** nginx as many have it: what follows a script's name isn't split off, and PATH_TRANSLATED is sent beside it. */
public final class UnsplitNginx extends FrontServer {
    private static final String MAIN = """
            %s
            pid nginx.pid;
            error_log stderr;
            events {
            }
            http {
                access_log off;
                client_body_temp_path body;
                fastcgi_temp_path fastcgi;
                proxy_temp_path proxy;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:%d;
                    root %s;
                    location ~ \\.php {
                        include /etc/nginx/fastcgi_params;
                        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
                        if ($uri ~ "\\.php(/.*)$") {
                            set $after $1;
                        }
                        fastcgi_param PATH_TRANSLATED $document_root$after;
                        fastcgi_pass %s;
                    }
                }
            }
            """;

    @Override
    public String name() {
        return "nginx without fastcgi_split_path_info";
    }

    @Override
    protected Path program() {
        return Programs.require("nginx", "nginx-light");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        String user = Machine.workerUser().map("user %s;"::formatted).orElse("");
        String upstream = site.backend() instanceof Backend.Unix unix
                ? "unix:" + unix.path()
                : site.backend().toString();
        scratch.write("nginx.conf", MAIN.formatted(user, port, site.root(), upstream));
        String prefix = scratch.path().toString();
        return List.of(
                program().toString(), "-p", prefix, "-c", prefix + "/nginx.conf", "-e", "stderr", "-g", "daemon off;");
    }
}
