// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import dev.hatter.itests.peers.harness.All;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All attacks from one pool: a column of the table. */
public enum Series {
    FREE("free-x", "unconfined", "no hat"),
    PHP_FPM("fpm-a", "php-fpm//a (enforce)", "php-fpm"),
    PHP_FPM_CARELESS("fpm-x", "php-fpm//x (enforce)", "php-fpm, careless hat"),
    HATTER("hatter-a", "hatter//a (enforce)", "Hatter"),
    HATTER_CARELESS("hatter-x", "hatter//x (enforce)", "Hatter, careless hat");

    private final String result;
    private final String label;
    private final String title;

    Series(String result, String label, String title) {
        this.result = result;
        this.label = label;
        this.title = title;
    }

    /** What its worker wears. */
    public String label() {
        return label;
    }

    String title() {
        return title;
    }

    /** Whether this run makes these attacks: those on php-fpm's hats are a comparison, which takes some minutes. */
    public boolean isRun() {
        return All.runs() || this != PHP_FPM && this != PHP_FPM_CARELESS;
    }

    public boolean isConfined() {
        return this != FREE;
    }

    /** What came of each attack. */
    public Outcome outcome(Guest guest, Attack attack) {
        Outcome outcome = outcomes(guest).get(attack.key());
        if (outcome == null) {
            throw new AssertionError("no outcome of " + attack + " in " + result + "; " + guest.log());
        }
        return outcome;
    }

    String word(Guest guest, Attack attack) {
        return outcome(guest, attack).word(attack, label);
    }

    private Map<String, Outcome> outcomes(Guest guest) {
        return guest.read("attacks/" + result)
                .lines()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(fields -> fields[0], (Function<String[], Outcome>) Outcome::of));
    }
}
