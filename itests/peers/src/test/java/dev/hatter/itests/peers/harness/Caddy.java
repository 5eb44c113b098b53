// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Caddy. It has no time-out between two pieces of an answer, only one for the whole, so none is set here. */
public final class Caddy extends FrontServer {
    private static final String PHP = "php_fastcgi %s {\n\t\tsplit .php .phar .phtml\n\t\tflush_interval -1\n\t}\n";

    @Override
    public String name() {
        return "Caddy";
    }

    @Override
    protected Path program() {
        return Programs.require("caddy", "caddy");
    }

    @Override
    protected Map<String, String> environment(Scratch scratch) {
        String home = scratch.path().toString();
        return Map.of("HOME", home, "XDG_DATA_HOME", home, "XDG_CONFIG_HOME", home);
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("caddy/Caddyfile")
                .with("127.0.0.1:8080", "127.0.0.1:" + port)
                .with("/srv/www", site.root())
                .with("127.0.0.1:9000", upstream(site.backend()));
        if (!site.extension().equals(".php")) {
            sample.with(PHP.formatted(upstream(site.backend())), ownExtension(site));
        }
        Path file = scratch.write("Caddyfile", text(sample));
        return List.of(program().toString(), "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    /** What php_fastcgi is short for, with another extension and without an index. */
    private static String ownExtension(Site site) {
        return """
            @scripts path_regexp \\%1$s(/|$)
            reverse_proxy @scripts %2$s {
                transport fastcgi {
                    split %1$s
                }
            }
            """.formatted(site.extension(), upstream(site.backend()));
    }

    private static String upstream(Backend backend) {
        return backend instanceof Backend.Unix unix ? "unix/" + unix.path() : backend.toString();
    }
}
