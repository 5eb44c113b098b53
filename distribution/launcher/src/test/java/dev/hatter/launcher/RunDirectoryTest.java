// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void isMadeForOthersToPassThroughOnly() throws Exception {
        Path run = directory.resolve("a/b");
        RunDirectory.open(run);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwx--x--x");
    }

    @Test
    void isRefusedWhenOthersMayWriteToIt() throws Exception {
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> RunDirectory.open(run))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(run + ": others may write to it (rwxrwxrwx)");
    }

    @Test
    void isRefusedWhenItIsALink() throws Exception {
        Path run = Files.createSymbolicLink(directory.resolve("run"), Files.createDirectory(directory.resolve("x")));
        assertThatThrownBy(() -> RunDirectory.open(run)).hasMessageContaining("is no directory");
    }

    @Test
    void isRefusedWhenItIsSomebodyElses() throws Exception {
        assumeTrue(RunDirectory.ownUid().equals(0), "only root can give a directory away");
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.setAttribute(run, "unix:uid", 65_534);
        assertThatThrownBy(() -> RunDirectory.open(run)).hasMessageContaining("belongs to another user");
    }

    @Test
    void forgetsTheStatesOfARunThatWasKilled() throws Exception {
        RunDirectory run = RunDirectory.open(directory.resolve("run"));
        Files.createDirectory(run.pools());
        Files.writeString(run.pools().resolve("www"), "active");
        run.clear();
        assertThat(run.pools()).isEmptyDirectory();
    }

    @Test
    void makesWorkerProgramsReadable() throws Exception {
        Path workers = Files.createDirectory(directory.resolve("workers"));
        Path secret = Files.writeString(workers.resolve("responder.jar"), "jar");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        RunDirectory run = RunDirectory.open(directory.resolve("run"));
        run.installWorkers(workers);
        Path copy = run.path().resolve("lib/responder.jar");
        assertThat(copy).hasContent("jar");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-r--r--");
    }
}
