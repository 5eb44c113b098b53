// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

public final class Lighttpd extends FrontServer {
    private static final String MAIN = """
            server.upload-dirs = ( "%s" )
            %s
            include "sample.conf"
            """;

    @Override
    public String name() {
        return "lighttpd";
    }

    @Override
    protected Path program() {
        return Programs.require("lighttpd", "lighttpd");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("lighttpd/hatter.conf").with("8080", port).with("/srv/www", site.root());
        if (site.backend() instanceof Backend.Tcp tcp) {
            sample.with("9000", tcp.port());
        } else {
            sample.withLine("\"host\" =>", "    \"socket\" => \"" + site.backend() + "\",\n")
                    .withLine("\"port\" =>", "");
        }
        if (site.readTimeout() > 0) {
            sample.with(
                    "\"check-local\" =>", "\"read-timeout\" => " + site.readTimeout() + ",\n    \"check-local\" =>");
        }
        if (!site.extension().equals(".php")) {
            sample.with(".php", site.extension());
        }
        scratch.write("sample.conf", text(sample));
        String user =
                Machine.workerUser().map("server.username = \"%s\""::formatted).orElse("");
        Path main = scratch.write("lighttpd.conf", MAIN.formatted(scratch.writable("uploads"), user));
        return List.of(program().toString(), "-D", "-f", main.toString());
    }
}
