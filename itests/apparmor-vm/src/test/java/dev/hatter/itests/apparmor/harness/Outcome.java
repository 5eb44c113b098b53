// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

/**
 * What came of an attack.
 *
 * @param text "done", "refused: why", "none" when there was nothing to attack, or what a program said that the attack
 *     started: its own label when it ran
 * @param label the worker's label after it
 */
public record Outcome(String text, String label) {
    private static final String UNCONFINED = "unconfined";

    static Outcome of(String[] fields) {
        return new Outcome(fields[1], fields[2]);
    }

    public boolean isDone() {
        return text.equals("done");
    }

    /** Also when the program that was to do it said so. */
    public boolean isRefused() {
        return text.startsWith("refused: ")
                || text.startsWith("setpriv: write failed: ")
                || text.contains("aa-exec: ERROR: insufficient permissions");
    }

    public boolean isNothingThere() {
        return text.equals("none");
    }

    /** Whether the attack ran a program under that label. */
    public boolean ranAs(String expected) {
        return text.equals(expected);
    }

    /** In a word, for a worker that had that label. */
    String word(Attack attack, String own) {
        if (!label.equals(own)) {
            return "**now `" + label + "`**";
        }
        boolean free = own.equals(UNCONFINED);
        if (isNothingThere() || free && attack.kind() == Attack.Kind.CHANGE) {
            return "–";
        }
        if (isRefused()) {
            return "refused";
        }
        return switch (attack.kind()) {
            case REACH -> isDone() ? "**done**" : text;
            case CHANGE -> "no effect";
            case RUN -> ranAs(own) ? (free ? "**runs unconfined**" : "runs, in the hat") : text;
        };
    }
}
