// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Identity;
import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.internal.os.Account;
import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Accounts.User;
import dev.hatter.process.internal.os.SystemCallException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Turns the names of an identity into numbers, by php-fpm's rules. */
final class Identities {
    private static final long LARGEST_ID = 0xffff_fffeL; // the one above it means "no change" to the kernel

    private final Accounts accounts;

    Identities(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Whom to become; empty to stay what Hatter is, or when faults were added. */
    Optional<Account> resolve(Identity identity, Faults faults) {
        if (identity == null || identity.user() == null && identity.group() == null) {
            return Optional.empty();
        }
        int faultsBefore = faults.size();
        try {
            Optional<User> user = user(identity, faults);
            OptionalInt gid = identity.group() == null ? OptionalInt.empty() : group(identity.group(), faults);
            return faults.size() == faultsBefore && user.isPresent()
                    ? account(identity, user.get(), gid, faults)
                    : Optional.empty();
        } catch (SystemCallException e) {
            faults.add(Part.USER, "user and group can't be looked up: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A user without a name when it is a number that has no entry. */
    private Optional<User> user(Identity identity, Faults faults) throws SystemCallException {
        String text = identity.user();
        if (text == null) {
            int uid = accounts.ownUid();
            return Optional.of(accounts.user(uid).orElse(new User(null, uid, accounts.ownGid())));
        }
        Optional<User> user = isNumber(text) ? byNumber(identity, faults) : accounts.user(text);
        if (user.isEmpty() && !isNumber(text)) {
            faults.add(Part.USER, "no such user \"" + text + "\"; name one that \"getent passwd\" shows");
        }
        return user;
    }

    private Optional<User> byNumber(Identity identity, Faults faults) throws SystemCallException {
        OptionalInt uid = number(Part.USER, identity.user(), faults);
        if (uid.isEmpty()) {
            return Optional.empty();
        }
        Optional<User> user = accounts.user(uid.getAsInt());
        if (user.isEmpty() && identity.group() == null) {
            faults.add(
                    Part.USER,
                    "user " + identity.user() + " has no entry that would tell its group; name the group too");
            return Optional.empty();
        }
        return user.or(() -> Optional.of(new User(null, uid.getAsInt(), 0)));
    }

    private OptionalInt group(String text, Faults faults) throws SystemCallException {
        if (isNumber(text)) {
            return number(Part.GROUP, text, faults);
        }
        OptionalInt gid = accounts.group(text);
        if (gid.isEmpty()) {
            faults.add(Part.GROUP, "no such group \"" + text + "\"; name one that \"getent group\" shows");
        }
        return gid;
    }

    private Optional<Account> account(Identity identity, User user, OptionalInt group, Faults faults)
            throws SystemCallException {
        int gid = group.orElse(user.gid());
        if (accounts.ownUid() != 0) {
            refuseOthers(identity, user.uid(), gid, faults);
            return Optional.empty();
        }
        refuseRoot(identity, user.uid(), gid, faults);
        Set<Integer> groups = user.name() == null ? Set.of(gid) : accounts.groups(user.name(), gid);
        return Optional.of(new Account(user.uid(), gid, groups));
    }

    private void refuseOthers(Identity identity, int uid, int gid, Faults faults) {
        String remedy = "; only root can do that: start Hatter as root, or leave it out";
        String self = ", Hatter runs as uid " + Integer.toUnsignedString(accounts.ownUid()) + " and gid "
                + Integer.toUnsignedString(accounts.ownGid());
        if (uid != accounts.ownUid()) {
            faults.add(Part.USER, "user \"" + identity.user() + "\" is another user" + self + remedy);
        }
        if (gid != accounts.ownGid() && identity.group() != null) {
            faults.add(Part.GROUP, "group \"" + identity.group() + "\" is another group" + self + remedy);
        }
    }

    private static void refuseRoot(Identity identity, int uid, int gid, Faults faults) {
        if (uid == 0 && identity.user() == null) {
            faults.add(
                    Part.GROUP, "group \"" + identity.group() + "\" without a user would run as root; name a user too");
        } else if (uid == 0) {
            faults.add(
                    Part.USER,
                    "user \"" + identity.user() + "\" is root; workers never run as root, name another user");
        }
        if (gid == 0) {
            String group =
                    identity.group() == null ? "the group of user \"" + identity.user() : "group \"" + identity.group();
            faults.add(Part.GROUP, group + "\" is root's; workers never run in it, name another group");
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]+");
    }

    private static OptionalInt number(Part part, String text, Faults faults) {
        if (text.length() > 10 || Long.parseLong(text) > LARGEST_ID) {
            faults.add(
                    part,
                    part.name().toLowerCase(Locale.ROOT) + " " + text + " is too large; the largest id is "
                            + LARGEST_ID);
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Long.parseLong(text));
    }
}
