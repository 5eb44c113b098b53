// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Path;

/** An application of which each visit gets an installation of its own. */
public interface PhpApplication {
    /** Makes a copy with a configuration of its own in that directory and returns the document root. */
    Path install(Scratch scratch) throws IOException;

    /** Uses all of it that the test is about. */
    void visit(Site site) throws IOException;

    /** Adds what else differs between two visits by its nature. */
    default Normal normal(Normal common) {
        return common;
    }

    /**
     * An installation that can be visited.
     *
     * @param root the document root
     * @param scratch the directory that belongs to this installation
     */
    record Site(Path root, Scratch scratch, FrontServer.Front front, Story story) {
        /** A person whose visit is compared. */
        public Visitor visitor() {
            return new Visitor(front, story);
        }
    }
}
