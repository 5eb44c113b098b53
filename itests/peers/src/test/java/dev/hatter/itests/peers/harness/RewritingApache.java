// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import java.util.List;

/** Apache httpd for sites that rewrite by .htaccess (here .rules, which no other server looks at): it then sends PATH_TRANSLATED and REDIRECT_URL. */
public final class RewritingApache extends FrontServer {
    private static final String MODULES = "/usr/lib/apache2/modules";
    private static final String MAIN = """
            ServerRoot "%1$s"
            ServerName localhost
            PidFile "%1$s/apache.pid"
            DefaultRuntimeDir "%1$s"
            ErrorLog "/proc/self/fd/2"
            LoadModule mpm_event_module %2$s/mod_mpm_event.so
            LoadModule authz_core_module %2$s/mod_authz_core.so
            LoadModule rewrite_module %2$s/mod_rewrite.so
            LoadModule proxy_module %2$s/mod_proxy.so
            LoadModule proxy_fcgi_module %2$s/mod_proxy_fcgi.so
            %3$s
            Listen 127.0.0.1:%4$d
            DocumentRoot "%5$s"
            <Directory "%5$s">
                Require all granted
                AllowOverride All
            </Directory>
            AccessFileName .rules
            ProxyFCGIBackendType GENERIC
            <FilesMatch "\\.php$">
                SetHandler "proxy:%6$s/"
            </FilesMatch>
            """;

    @Override
    public String name() {
        return "Apache httpd with .htaccess";
    }

    @Override
    protected Path program() {
        Programs.requireFile(MODULES + "/mod_rewrite.so", "apache2");
        return Programs.require("apache2", "apache2");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        String user = Machine.workerUser().map(name -> "User " + name).orElse("");
        String root = scratch.path().toString();
        String upstream = site.backend() instanceof Backend.Unix unix
                ? "unix:" + unix.path() + "|fcgi://hatter"
                : "fcgi://" + site.backend();
        String text = MAIN.formatted(root, MODULES, user, port, site.root(), upstream);
        Path main = scratch.write("apache.conf", text);
        return List.of(program().toString(), "-d", root, "-f", main.toString(), "-DFOREGROUND");
    }
}
