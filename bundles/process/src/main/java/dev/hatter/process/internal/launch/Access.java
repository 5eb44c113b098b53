// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.internal.os.AccessList;
import dev.hatter.process.internal.os.Account;
import dev.hatter.process.internal.os.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether a user may execute a file, as far as owner, group and mode tell. */
final class Access {
    private final Accounts accounts;
    private final AccessList accessList;

    Access(Accounts accounts, AccessList accessList) {
        this.accounts = accounts;
        this.accessList = accessList;
    }

    /**
     * What keeps that account (Hatter's own when empty) from executing the file, and what to do.
     *
     * @param root the process' own root: what lies above it doesn't count
     */
    Optional<String> obstacle(Path file, Path root, Optional<Account> account) {
        if (account.isEmpty()) {
            return Files.isExecutable(file)
                    ? Optional.empty()
                    : Optional.of("uid " + Integer.toUnsignedString(accounts.ownUid())
                            + " that Hatter runs as has no right to; change its mode (chmod +x)");
        }
        try {
            return obstacle(file.toRealPath(), root.toRealPath(), account.get());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private Optional<String> obstacle(Path file, Path root, Account account) throws IOException {
        Path directory = file;
        while (!directory.equals(root) && directory.getParent() != null) {
            directory = directory.getParent();
            if (!mayExecute(directory, account)) {
                return Optional.of("uid " + Integer.toUnsignedString(account.uid()) + " may not enter directory \""
                        + directory + "\"; change its mode, or install the program elsewhere");
            }
        }
        return mayExecute(file, account)
                ? Optional.empty()
                : Optional.of("uid " + Integer.toUnsignedString(account.uid())
                        + " has no right to; change its mode (chmod +x)");
    }

    private boolean mayExecute(Path path, Account account) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,gid,mode");
        int mode = (Integer) attributes.get("mode");
        return (mode & executeBit(attributes, account)) != 0 || accessList.existsOn(path);
    }

    /** The kernel looks at one of the three only. */
    private static int executeBit(Map<String, Object> attributes, Account account) {
        if (account.uid() == (Integer) attributes.get("uid")) {
            return 0100;
        }
        return account.groups().contains((Integer) attributes.get("gid")) ? 0010 : 0001;
    }
}
