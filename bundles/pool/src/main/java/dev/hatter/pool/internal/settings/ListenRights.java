// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.fastcgi.transport.FrontSettings;
import dev.hatter.fastcgi.transport.UnixRights;
import dev.hatter.process.Launcher;
import dev.hatter.process.UserEntry;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may connect to a pool's Unix socket, with the names looked up. Blocks. */
public final class ListenRights {
    private ListenRights() {}

    private interface LookUp {
        Object of(String name) throws IOException;
    }

    /** The settings to listen with: as with php-fpm, an owner by name brings its primary group along. */
    public static FrontSettings resolve(ListenSettings listen, Launcher launcher) throws IOException {
        UnixRights rights = listen.front().unixRights();
        if (!listen.address().isUnix() || rights.owner() == null || rights.group() != null) {
            return listen.front();
        }
        Optional<UserEntry> owner = rights.owner().matches("[0-9]+") ? Optional.empty() : launcher.user(rights.owner());
        return owner.map(user -> new UnixRights(rights.owner(), Integer.toUnsignedString(user.gid()), rights.mode()))
                .map(listen.front()::withUnixRights)
                .orElse(listen.front());
    }

    /** What would keep the rights from being set; empty when nothing would. */
    public static List<String> check(ListenSettings listen) {
        List<String> faults = new ArrayList<>();
        UnixRights rights = listen.front().unixRights();
        if (!listen.address().isUnix()) {
            return faults;
        }
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        look("listen.owner", rights.owner(), names::lookupPrincipalByName, faults);
        look("listen.group", rights.group(), names::lookupPrincipalByGroupName, faults);
        rights.aclUsers().forEach(user -> look("listen.acl_users", user, names::lookupPrincipalByName, faults));
        rights.aclGroups()
                .forEach(group -> look("listen.acl_groups", group, names::lookupPrincipalByGroupName, faults));
        if (rights.hasAcl() && !UnixRights.canSetAcl()) {
            faults.add((rights.aclUsers().isEmpty() ? "listen.acl_groups" : "listen.acl_users")
                    + ": no program \"setfacl\", which it needs; install acl");
        }
        return faults;
    }

    private static void look(String key, String name, LookUp names, List<String> faults) {
        try {
            if (name != null) {
                names.of(name);
            }
        } catch (IOException e) {
            faults.add(key + " = \"" + name + "\": this system knows no such name");
        }
    }
}
