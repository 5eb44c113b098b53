// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

public final class H2o extends FrontServer {
    private static final String TCP = """
                        host: 127.0.0.1
                        port: 9000
                        type: tcp
            """;
    private static final String UNIX = """
                        port: %s
                        type: unix
            """;

    @Override
    public String name() {
        return "h2o";
    }

    @Override
    protected Path program() {
        return Programs.require("h2o", "h2o");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample =
                Sample.of("h2o/h2o.conf").with("port: 8080", "port: " + port).with("/srv/www", site.root());
        if (site.backend() instanceof Backend.Tcp tcp) {
            sample.with("port: 9000", "port: " + tcp.port());
        } else {
            sample.with(TCP, UNIX.formatted(site.backend()));
        }
        if (!site.extension().equals(".php")) {
            sample.with(".php, .phar, .phtml, .phps", site.extension());
        }
        String user = Machine.workerUser().map("user: %s\n"::formatted).orElse("");
        String timeout = site.readTimeout() > 0 ? "fastcgi.timeout.io: " + site.readTimeout() * 1000 + "\n" : "";
        Path file = scratch.write("h2o.conf", user + timeout + text(sample));
        return List.of(program().toString(), "-c", file.toString());
    }
}
