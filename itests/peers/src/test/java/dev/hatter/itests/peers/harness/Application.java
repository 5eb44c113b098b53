// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;

/** The programs behind Hatter. All serve the same pages, those of the responder. */
public enum Application {
    PHP("php-cgi", ".php") {
        @Override
        public Pool pool(String pool, Backend listen, int workers, Path root) {
            return Pool.php(pool, listen, workers);
        }
    },
    FCGIWRAP("fcgiwrap (CGI script)", ".cgi") {
        @Override
        public Pool pool(String pool, Backend listen, int workers, Path root) {
            return new Pool(pool, listen, workers).with("command", Programs.require("fcgiwrap", "fcgiwrap"));
        }
    },
    PERL("Perl FCGI", ".fcgi") {
        @Override
        public Pool pool(String pool, Backend listen, int workers, Path root) {
            Programs.requireFile("/usr/share/doc/libfcgi-perl", "libfcgi-perl");
            String perl = Programs.require("perl", "perl") + " " + root.resolve("app.fcgi");
            return new Pool(pool, listen, workers).with("command", perl);
        }
    },
    RESPONDER("Hatter's responder", ".app") {
        @Override
        public Pool pool(String pool, Backend listen, int workers, Path root) {
            return Pool.responder(pool, listen, workers);
        }
    };

    private static final String EXECUTABLE = "rwxr-xr-x";

    private final String title;
    private final String extension;

    Application(String title, String extension) {
        this.title = title;
        this.extension = extension;
    }

    public abstract Pool pool(String pool, Backend listen, int workers, Path root);

    /** As the table of the documentation has it. */
    public String title() {
        return title;
    }

    public String extension() {
        return extension;
    }

    /** The script's path as a URL has it. */
    public String script() {
        return "/app" + extension;
    }

    /** A document root with the scripts of all of them. */
    public static Path site(Scratch scratch) {
        for (Application application : values()) {
            if (application != RESPONDER) {
                String script = "app" + application.extension;
                Scratch.setMode(scratch.site(script, "www/" + script), EXECUTABLE);
            }
        }
        scratch.write("www/app.app", "the responder looks at no file, but web servers do\n");
        scratch.site("App.pm", "www/App.pm");
        return scratch.path().resolve("www");
    }
}
