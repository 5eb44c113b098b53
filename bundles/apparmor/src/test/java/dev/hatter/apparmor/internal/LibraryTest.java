// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The real library, on the kernel that the tests run on. */
class LibraryTest {
    private static boolean isEnabled() throws Exception {
        Path parameter = Path.of("/sys/module/apparmor/parameters/enabled");
        return Files.exists(parameter) && Files.readString(parameter).startsWith("Y");
    }

    @Test
    void itWorksWhereAppArmorIsEnabledAndElsewhereSaysWhatIsMissing() throws Exception {
        if (isEnabled()) {
            Library library = Library.load();
            long self = ProcessHandle.current().pid();
            assertThat(library.of(self)).isEqualTo(library.own());
            assertThat(library.mayWear("no-such-profile")).isIn(Errno.ENOENT, Errno.EACCES);
        } else {
            assertThatThrownBy(Library::load)
                    .isInstanceOf(UnavailableException.class)
                    .message()
                    .containsAnyOf("libapparmor.so.1 can't be loaded", "the kernel's AppArmor isn't enabled (");
        }
    }
}
