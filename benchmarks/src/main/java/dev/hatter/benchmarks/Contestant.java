// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

/** The names of who is measured. */
final class Contestant {
    static final String HATTER = "Hatter";
    static final String FPM = "php-fpm";
    static final String SPAWN_FCGI = "spawn-fcgi";
    static final String FCGID = "mod_fcgid";
    /** Another build of Hatter, of {@code --other}. */
    static final String OTHER = "Hatter, other build";
    /** With {@code process.scheduling = batch}. */
    static final String BATCH = "Hatter, batch";
    /** php-cgi asked without anybody in between. */
    static final String PHP_CGI = "php-cgi directly";
    /** One php-cgi that forks its children, {@code worker.concurrency = 8}. */
    static final String GROUP = "Hatter, one group";

    private Contestant() {}
}
