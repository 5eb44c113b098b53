// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Identity;
import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.UserEntry;
import dev.hatter.process.internal.os.Account;
import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Capabilities.Capability;
import dev.hatter.process.internal.os.SystemCallException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Turns the names of an identity into numbers, by php-fpm's rules. */
final class Identities {
    private static final long LARGEST_ID = 0xffff_fffeL; // the one above it means "no change" to the kernel

    /** A worker of another user that Hatter may not signal could never be ended: so CAP_KILL, too. */
    private static final Capability[] TO_CHANGE = {Capability.CAP_SETUID, Capability.CAP_SETGID, Capability.CAP_KILL};

    private final Accounts accounts;

    Identities(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Whom to become; Hatter itself also when faults were added. */
    Who resolve(Identity identity, Privileges privileges, Faults faults) {
        if (identity == null || identity.user() == null && identity.group() == null) {
            return Who.HATTER;
        }
        int faultsBefore = faults.size();
        try {
            Optional<UserEntry> user = user(identity, faults);
            OptionalInt gid = identity.group() == null ? OptionalInt.empty() : group(identity.group(), faults);
            if (faults.size() > faultsBefore || user.isEmpty()) {
                return Who.HATTER;
            }
            return new Who(
                    account(identity, user.get(), gid, privileges, faults),
                    user.filter(entry -> entry.name() != null && entry.name().equals(identity.user())));
        } catch (SystemCallException e) {
            faults.add(Part.USER, "user and group can't be looked up: " + e.getMessage());
            return Who.HATTER;
        }
    }

    /** A user without a name when it is a number that has no entry. */
    private Optional<UserEntry> user(Identity identity, Faults faults) throws SystemCallException {
        String text = identity.user();
        if (text == null) {
            int uid = accounts.ownUid();
            return Optional.of(accounts.user(uid).orElse(new UserEntry(null, uid, accounts.ownGid(), null)));
        }
        Optional<UserEntry> user = isNumber(text) ? byNumber(identity, faults) : accounts.user(text);
        if (user.isEmpty() && !isNumber(text)) {
            faults.add(Part.USER, "no such user \"" + text + "\"; name one that \"getent passwd\" shows");
        }
        return user;
    }

    private Optional<UserEntry> byNumber(Identity identity, Faults faults) throws SystemCallException {
        OptionalInt uid = number(Part.USER, identity.user(), faults);
        if (uid.isEmpty()) {
            return Optional.empty();
        }
        Optional<UserEntry> user = accounts.user(uid.getAsInt());
        if (user.isEmpty() && identity.group() == null) {
            faults.add(
                    Part.USER,
                    "user " + identity.user() + " has no entry that would tell its group; name the group too");
            return Optional.empty();
        }
        return user.or(() -> Optional.of(new UserEntry(null, uid.getAsInt(), 0, null)));
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

    private Optional<Account> account(
            Identity identity, UserEntry user, OptionalInt group, Privileges privileges, Faults faults)
            throws SystemCallException {
        int gid = group.orElse(user.gid());
        int faultsBefore = faults.size();
        if (privileges.uid() == 0 || privileges.has(TO_CHANGE)) {
            refuseRoot(identity, user.uid(), gid, faults);
        }
        if (faults.size() > faultsBefore) {
            return Optional.empty();
        }
        if (user.uid() == privileges.uid() && !privileges.has(Capability.CAP_SETGID) && identity.group() == null) {
            return Optional.empty(); // what it is already; its groups are what they are
        }
        if (refuseOthers(identity, user.uid(), gid, privileges, faults)) {
            return Optional.empty();
        }
        Set<Integer> groups = user.name() == null ? Set.of(gid) : accounts.groups(user.name(), gid);
        return Optional.of(new Account(user.uid(), gid, groups));
    }

    private static boolean refuseOthers(Identity identity, int uid, int gid, Privileges privileges, Faults faults) {
        boolean otherUser = uid != privileges.uid() && !privileges.has(TO_CHANGE);
        boolean mayNot = !privileges.has(Capability.CAP_SETGID);
        if (otherUser) {
            faults.add(Part.USER, "user \"" + identity.user() + "\" is another user: " + privileges.lacking(TO_CHANGE));
        }
        if (mayNot && gid != privileges.gid() && identity.group() != null) {
            faults.add(
                    Part.GROUP,
                    "group \"" + identity.group() + "\" is another group: "
                            + privileges.lacking(Capability.CAP_SETGID));
        }
        return otherUser || mayNot;
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
