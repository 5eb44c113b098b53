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
import java.util.List;
import java.util.Map;

/** Apache httpd with mod_fcgid: web server and process manager in one, asked without nginx. */
final class FcgidServer implements Server {
    private static final String MODULES = "/usr/lib/apache2/modules";
    private static final String MAIN = """
            ServerRoot "%1$s"
            ServerName localhost
            Listen 127.0.0.1:%2$d
            PidFile "%1$s/apache.pid"
            DefaultRuntimeDir "%1$s"
            ErrorLog "/proc/self/fd/2"
            LoadModule mpm_event_module %3$s/mod_mpm_event.so
            LoadModule authz_core_module %3$s/mod_authz_core.so
            LoadModule mime_module %3$s/mod_mime.so
            LoadModule fcgid_module %3$s/mod_fcgid.so
            TypesConfig /etc/mime.types
            ServerLimit 4
            StartServers 4
            ThreadLimit 128
            ThreadsPerChild 128
            MaxRequestWorkers 512
            MaxSpareThreads 512
            MaxKeepAliveRequests 0
            %4$s
            FcgidIPCDir "%1$s/ipc"
            FcgidProcessTableFile "%1$s/table"
            FcgidMaxProcesses %5$d
            FcgidMinProcessesPerClass %5$d
            FcgidMaxProcessesPerClass %5$d
            FcgidMaxRequestsPerProcess 0
            FcgidMaxRequestLen 1073741824
            FcgidSpawnScoreUpLimit 1000
            FcgidInitialEnv PHP_FCGI_MAX_REQUESTS 0
            FcgidInitialEnv PHP_INI_SCAN_DIR "%6$s"
            FcgidWrapper "%7$s" .php
            DocumentRoot "%8$s"
            <Directory "%8$s">
                Options +ExecCGI
                AddHandler fcgid-script .php
                Require all granted
            </Directory>
            """;

    private final Scratch scratch = Scratch.create();
    private final Backend.Tcp listen = Backend.tcp();
    private final Child child;

    FcgidServer(Php php, Path root, int workers) {
        try {
            Programs.requireFile(MODULES + "/mod_fcgid.so", "libapache2-mod-fcgid");
            String user = Machine.workerUser().map(name -> "User " + name).orElse("");
            Scratch.setMode(scratch.path(), "rwxrwxrwx");
            Path conf = scratch.write(
                    "apache.conf",
                    MAIN.formatted(
                            scratch.path(),
                            listen.port(),
                            MODULES,
                            user,
                            workers,
                            php.environment().get("PHP_INI_SCAN_DIR"),
                            String.join(" ", php.cgiCommand()),
                            root));
            List<String> command = List.of(
                    Programs.require("apache2", "apache2").toString(),
                    "-d",
                    scratch.path().toString(),
                    "-f",
                    conf.toString(),
                    "-DFOREGROUND");
            child = Session.start("apache2", scratch.path(), Map.of(), command);
            await().failFast("apache2 has ended", () -> !child.isAlive()).until(() -> Sockets.listens(listen));
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
    }

    URI uri() {
        return URI.create("http://" + listen);
    }

    @Override
    public Processes processes() {
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
