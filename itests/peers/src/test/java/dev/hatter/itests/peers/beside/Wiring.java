// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A web server with a configuration of the test's own, which has all that people write for php-fpm. */
public final class Wiring extends FrontServer {
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private final String name;
    private final String debianPackage;
    private final String resource;
    private final String user;
    private final List<String> command;
    private final Map<String, Object> more = new LinkedHashMap<>();

    private Wiring(String name, String debianPackage, String resource, String user, String... command) {
        this.name = name;
        this.debianPackage = debianPackage;
        this.resource = resource;
        this.user = user;
        this.command = List.of(command);
    }

    public static List<Wiring> all() {
        return List.of(
                nginx("values/nginx.conf"),
                new Wiring(
                        "apache2",
                        "apache2",
                        "values/apache.conf",
                        "User %1$s\nGroup %1$s",
                        "-d",
                        "@DIR@",
                        "-f",
                        "@CONF@",
                        "-DFOREGROUND"),
                new Wiring(
                        "lighttpd",
                        "lighttpd",
                        "values/lighttpd.conf",
                        "server.username = \"%s\"",
                        "-D",
                        "-f",
                        "@CONF@"),
                new Wiring(
                        "caddy",
                        "caddy",
                        "values/Caddyfile",
                        "",
                        "run",
                        "--adapter",
                        "caddyfile",
                        "--config",
                        "@CONF@"),
                new Wiring("h2o", "h2o", "values/h2o.conf", "user: %s", "-m", "worker", "-c", "@CONF@"));
    }

    /** nginx before the pools of all scripts. */
    public static Wiring scripts(Path sockets, Path marks) {
        Wiring nginx = nginx("scripts/nginx.conf");
        nginx.more.put("@SOCKETS@", sockets);
        nginx.more.put("@MARKS@", marks);
        return nginx;
    }

    private static Wiring nginx(String resource) {
        return new Wiring(
                "nginx",
                "nginx-light",
                resource,
                "user %s;",
                "-p",
                "@DIR@",
                "-c",
                "@CONF@",
                "-e",
                "stderr",
                "-g",
                "daemon off;");
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether php-fpm has an answer then: a chunked body through these keeps a worker of it for ever. */
    public boolean canAsk(Question question) {
        return !question.name().contains("chunked") || !name.equals("caddy") && !name.equals("h2o");
    }

    @Override
    public Path program() {
        return Programs.require(name, debianPackage);
    }

    @Override
    protected Map<String, String> environment(Scratch scratch) {
        String home = scratch.path().toString();
        return Map.of("HOME", home, "XDG_DATA_HOME", home, "XDG_CONFIG_HOME", home);
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        scratch.writable("uploads");
        Map<String, Object> places = new LinkedHashMap<>();
        places.put("@DIR@", scratch.path());
        places.put("@CONF@", scratch.path().resolve(resource));
        places.put("@PORT@", port);
        places.put("@ROOT@", site.root());
        places.put("@OTHER@", site.root().resolveSibling("other"));
        places.put("@SOCKET@", site.backend());
        places.put("@MODULES@", MODULES);
        places.put("@USER@", Machine.workerUser().map(user::formatted).orElse(""));
        places.putAll(more);
        scratch.write(resource, filled(text("/" + resource), places));
        List<String> whole = new ArrayList<>(List.of(program().toString()));
        command.forEach(argument -> whole.add(filled(argument, places)));
        return whole;
    }

    private static String filled(String text, Map<String, Object> places) {
        String filled = text;
        for (Map.Entry<String, Object> place : places.entrySet()) {
            filled = filled.replace(place.getKey(), place.getValue().toString());
        }
        return filled;
    }

    static String text(String resource) {
        try (InputStream content = Wiring.class.getResourceAsStream(resource)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
