// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.util.Map;

/** What runs the PHP processes behind the web server. */
public enum Manager {
    PHP_FPM {
        @Override
        public Running start(PhpPool pool) {
            PhpFpm.program(); // or it is skipped, before anything is made
            Scratch scratch = Scratch.create();
            try {
                PhpFpm fpm = PhpFpm.launch(scratch, Map.of(pool.name(), pool.forPhpFpm()));
                try {
                    fpm.awaitListening(pool.listen());
                } catch (RuntimeException | Error e) {
                    fpm.close();
                    throw e;
                }
                return () -> {
                    try (scratch;
                            fpm) {
                        // both, whatever happens
                    }
                };
            } catch (RuntimeException | Error e) {
                scratch.close();
                throw e;
            }
        }

        /** Not kept as its users have it: each would occupy a child. */
        @Override
        public FrontServer.Site site(Path root, PhpPool pool) {
            return new FrontServer.Site(root, pool.listen(), ".php", false);
        }
    },

    /** A worker process for each request at once. */
    HATTER {
        @Override
        public Running start(PhpPool pool) {
            return Hatter.start("single", pool.forHatter(1))::close;
        }
    },

    /** One group of processes that share what php-fpm's share. */
    HATTER_GROUP {
        @Override
        public Running start(PhpPool pool) {
            return Hatter.start("group", pool.forHatter(pool.children()))::close;
        }
    };

    public abstract Running start(PhpPool pool);

    /** What the web server in front of that pool serves. */
    public FrontServer.Site site(Path root, PhpPool pool) {
        return new FrontServer.Site(root, pool.listen());
    }

    /** Closed, it ends, and with it all its processes. */
    public interface Running extends AutoCloseable {
        @Override
        void close();
    }
}
