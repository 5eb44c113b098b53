// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.UserEntry;
import dev.hatter.process.internal.os.Account;
import java.util.Optional;

/**
 * Whom a process is to belong to.
 *
 * @param account whom to become; empty to stay what Hatter is
 * @param named the user's entry when it was given by name
 */
record Who(Optional<Account> account, Optional<UserEntry> named) {
    static final Who HATTER = new Who(Optional.empty(), Optional.empty());
}
