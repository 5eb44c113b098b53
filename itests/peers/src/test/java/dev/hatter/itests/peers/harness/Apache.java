// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

/** Apache httpd with mod_proxy_fcgi. */
public final class Apache extends FrontServer {
    private static final String MODULES = "/usr/lib/apache2/modules";
    private static final String MAIN = """
            ServerRoot "%1$s"
            ServerName localhost
            PidFile "%1$s/apache.pid"
            DefaultRuntimeDir "%1$s"
            ErrorLog "/proc/self/fd/2"
            LoadModule mpm_event_module %2$s/mod_mpm_event.so
            LoadModule authz_core_module %2$s/mod_authz_core.so
            LoadModule dir_module %2$s/mod_dir.so
            LoadModule mime_module %2$s/mod_mime.so
            LoadModule setenvif_module %2$s/mod_setenvif.so
            LoadModule proxy_module %2$s/mod_proxy.so
            LoadModule proxy_fcgi_module %2$s/mod_proxy_fcgi.so
            TypesConfig /etc/mime.types
            %3$s
            Include "%1$s/sample.conf"
            """;

    @Override
    public String name() {
        return "Apache httpd (mod_proxy_fcgi)";
    }

    @Override
    protected Path program() {
        Programs.requireFile(MODULES + "/mod_proxy_fcgi.so", "apache2");
        return Programs.require("apache2", "apache2");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("apache/hatter.conf")
                .with("127.0.0.1:8080", "127.0.0.1:" + port)
                .with("/srv/www", site.root())
                .with("fcgi://127.0.0.1:9000", upstream(site.backend()))
                .with(Sample.SCRIPTS, site.scripts());
        scratch.write("sample.conf", text(sample));
        String user = Machine.workerUser()
                .map(name -> "User " + name + "\nGroup #" + Machine.groupOf(name))
                .orElse("");
        String timeout = site.readTimeout() > 0 ? "\nProxyTimeout " + site.readTimeout() : "";
        String root = scratch.path().toString();
        Path main = scratch.write("apache.conf", MAIN.formatted(root, MODULES, user + timeout));
        return List.of(program().toString(), "-d", root, "-f", main.toString(), "-DFOREGROUND");
    }

    private static String upstream(Backend backend) {
        return backend instanceof Backend.Unix unix ? "unix:" + unix.path() + "|fcgi://hatter" : "fcgi://" + backend;
    }
}
