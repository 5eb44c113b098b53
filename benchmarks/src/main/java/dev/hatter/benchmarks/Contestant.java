// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.List;

/** The names of who is measured. */
final class Contestant {
    static final String HATTER = "Hatter";
    static final String FPM = "php-fpm";
    static final String SPAWN_FCGI = "spawn-fcgi";
    static final String FCGID = "mod_fcgid";
    /** Another build of Hatter, of {@code --other}. */
    static final String OTHER = "Hatter, other build";
    /** The second of {@code --other}: of the same archive, what comes of chance alone. */
    static final String OTHER_BESIDE = "Hatter, other build beside";

    static final List<String> OTHERS = List.of(OTHER, OTHER_BESIDE);
    /** With {@code process.scheduling = batch}. */
    static final String BATCH = "Hatter, batch";
    /** Behind a name: with room for half a second's requests in the queue of {@link OverloadWorkload}. */
    static final String SHORT_QUEUE = ", listen.backlog = 200";
    /** php-cgi asked without anybody in between. */
    static final String PHP_CGI = "php-cgi directly";
    /** One php-cgi that forks its children, {@code worker.concurrency = 8}. */
    static final String GROUP = "Hatter, one group";

    private Contestant() {}

    /** Whether it is a build of Hatter, as it comes. */
    static boolean isBuild(String contestant) {
        return contestant.equals(HATTER) || OTHERS.contains(contestant);
    }
}
