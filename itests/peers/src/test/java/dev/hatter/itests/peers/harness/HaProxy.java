// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

/** HAProxy, which sends several requests at once on one connection to the pool. */
public final class HaProxy extends FrontServer {
    @Override
    public String name() {
        return "HAProxy (multiplexing)";
    }

    @Override
    protected Path program() {
        return Programs.require("haproxy", "haproxy");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("haproxy/hatter.cfg")
                .with("127.0.0.1:8080", "127.0.0.1:" + port)
                .with("/srv/www", site.root())
                .with("127.0.0.1:9000", upstream(site.backend()))
                .with(Sample.SCRIPTS, site.scripts());
        if (site.readTimeout() > 0) {
            sample.withLine("timeout server ", "    timeout server " + site.readTimeout() + "s\n");
        }
        Path file = scratch.write("haproxy.cfg", text(sample));
        return List.of(program().toString(), "-db", "-f", file.toString());
    }

    private static String upstream(Backend backend) {
        return backend instanceof Backend.Unix unix ? "unix@" + unix.path() : backend.toString();
    }
}
