// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import dev.hatter.process.Confinement;
import dev.hatter.process.ConfinementException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Workers in hats ({@code apparmor_hat}, PHP's RFC fpm_change_hat): the label of a worker is Hatter's own, "//" and the hat.
 * Where Hatter itself is unconfined there is nothing to hang a hat on, and the name is that of a whole profile. The change is
 * one by profile (aa_change_onexec), never by hat and token, so that there is no way back.
 */
final class Hats implements Confinement {
    private static final int LONGEST = 200;

    /** No "//", which would name a hat of a hat; no namespace, no stack. */
    private static final Pattern HAT = Pattern.compile("[A-Za-z0-9._@+=-]{1," + LONGEST + "}");

    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9._@+=/-]{1," + LONGEST + "}");

    /** Modes in which the rules hold. */
    private static final Set<String> ENFORCING = Set.of("enforce", "kill");

    private static final String COMPLAIN = "complain";

    private final Kernel kernel;

    Hats(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void check(String hat, boolean permissive) throws ConfinementException {
        Label own = own();
        String label = label(own, hat);
        int errno = kernel.mayWear(label);
        if (errno != 0) {
            throw new ConfinementException(refusal(own, hat, label, errno));
        }
        Optional<String> mode = kernel.modeOf(label);
        if (mode.isPresent()) {
            checkMode(new Label(label, mode.get()), permissive, "is");
        }
    }

    @Override
    public List<String> dress(String hat) throws ConfinementException {
        return List.of("--apparmor-profile", label(own(), hat));
    }

    @Override
    public Optional<String> verify(long pid, String hat, boolean permissive) throws ConfinementException {
        Label own = own();
        String expected = label(own, hat);
        Label worn = labelOf(pid);
        if (worn.equals(own)) {
            return Optional.empty();
        }
        if (!worn.name().equals(expected)) {
            throw new ConfinementException("wears \"" + worn + "\" instead of \"" + expected + "\"");
        }
        checkMode(worn, permissive, "wears");
        return Optional.of(worn.toString());
    }

    private Label own() throws ConfinementException {
        try {
            return kernel.own();
        } catch (IOException e) {
            throw new ConfinementException("Hatter's own label can't be read: " + e.getMessage(), e);
        }
    }

    private Label labelOf(long pid) throws ConfinementException {
        try {
            return kernel.of(pid);
        } catch (IOException e) {
            throw new ConfinementException("has a label that can't be read: " + e.getMessage(), e);
        }
    }

    private static String label(Label own, String hat) throws ConfinementException {
        if (own.isUnconfined()) {
            return profile(hat);
        }
        if (!HAT.matcher(hat).matches()) {
            throw new ConfinementException("\"" + hat + "\" can't be a hat: at most " + LONGEST
                    + " letters, digits and . _ @ + = - are allowed");
        }
        return own.name() + "//" + hat;
    }

    private static String profile(String name) throws ConfinementException {
        if (!PROFILE.matcher(name).matches()) {
            throw new ConfinementException("\"" + name + "\" can't be a profile: at most " + LONGEST
                    + " letters, digits and . _ @ + = - / are allowed");
        }
        if (new Label(name, null).isUnconfined()) {
            throw new ConfinementException("\"" + name + "\" confines nothing; name a profile");
        }
        return name;
    }

    private static void checkMode(Label label, boolean permissive, String verb) throws ConfinementException {
        if (ENFORCING.contains(label.mode()) || permissive && COMPLAIN.equals(label.mode())) {
            return;
        }
        throw new ConfinementException(verb + " \"" + label + "\", which enforces nothing; "
                + (COMPLAIN.equals(label.mode())
                        ? "load the profile in enforce mode, or accept this with apparmor_mode = complain"
                        : "load the profile in enforce mode"));
    }

    private String refusal(Label own, String hat, String label, int errno) {
        String what = "a worker can't be moved to \"" + label + "\" (" + Errno.words(errno) + "): ";
        return switch (errno) {
            case Errno.ENOENT -> what + missing(own, hat);
            case Errno.EACCES -> what + forbidden(own);
            case Errno.EPERM ->
                what
                        + "Hatter runs with no_new_privs, which forbids it; in systemd's unit, NoNewPrivileges= must be off";
            default -> what + "see aa_change_profile(2)";
        };
    }

    private static String missing(Label own, String hat) {
        return own.isUnconfined()
                ? "no such profile is loaded. Hatter is unconfined, so apparmor_hat names a whole profile; load one of that"
                        + " name, or start Hatter in a profile of its own to use its hats"
                : "no such hat is loaded; add \"profile " + hat + " { ... }\" inside of profile \"" + own.name()
                        + "\" and load it (apparmor_parser -r)";
    }

    private String forbidden(Label own) {
        String rule = kernel.canAsk()
                ? "\"change_profile -> " + own.name() + "//*,\""
                : "\"owner @{PROC}/@{pid}/{,task/@{tid}/}attr/{,apparmor/}exec rw,\"";
        return "profile \"" + own.name() + "\" doesn't allow it; add the rule " + rule
                + " and load it (apparmor_parser -r)";
    }
}
