// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the sockets are. */
class RunDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void itsPathMayBeLongerThanASocketAddressAndHoldBlanks() throws Exception {
        Path run = temp.resolve("a b").resolve("x".repeat(200)).resolve("é");
        try (CloseableLauncher launcher = Launchers.open(run)) {
            Lines lines = new Lines();
            WorkerProcess process = launcher.launch(Specs.shell(lines, "echo up; exec sleep 60"));
            lines.awaitOut("up");
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(process.socket()))) {
                assertThat(channel.isConnected()).isTrue();
            }
            try (var files = Files.list(run.resolve("sockets"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("lock", "1.sock", "1.worker");
            }
        }
    }

    @Test
    void oneHatterAtATimeUsesIt() throws Exception {
        try (CloseableLauncher first = Launchers.open(temp)) {
            assertThatThrownBy(() -> Launchers.open(temp))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is used by another Hatter (pid "
                            + ProcessHandle.current().pid() + ")");
            // the failed attempt has not taken the first one's lock away
            assertThatThrownBy(() -> Launchers.open(temp)).isInstanceOf(IOException.class);
            assertThat(Exits.of(first.launch(Specs.of(new Lines(), "true")))).isEqualTo(new ExitStatus.Exited(0));
        }
        Launchers.open(temp).close();
    }

    @Test
    void itIsMadePrivateAgain() throws Exception {
        Path sockets = Files.createDirectory(temp.resolve("sockets"));
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
        Launchers.open(temp).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sockets)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneThatSomebodyElseMadeIsRefused() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Path sockets = Files.createDirectory(temp.resolve("sockets"));
        Files.setAttribute(sockets, "unix:uid", 65534);
        assertThatThrownBy(() -> Launchers.open(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to uid 65534, not to uid 0");
    }

    @Test
    void aSymbolicLinkInItsPlaceIsRefused() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(temp.resolve("sockets"), elsewhere);
        assertThatThrownBy(() -> Launchers.open(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open(");
    }
}
