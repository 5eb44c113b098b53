// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One Hatter per run directory: a lock on hatter.lock that the kernel gives back however the process ends, and the pid in
 * hatter.pid. The lock file stays: were it removed, two could hold "the" lock, on two files.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path pidFile;

    private RunLock(FileChannel channel, Path pidFile) {
        this.channel = channel;
        this.pidFile = pidFile;
    }

    static RunLock acquire(Path run) throws IOException, StartException {
        Path pidFile = run.resolve("hatter.pid");
        FileChannel channel =
                FileChannel.open(run.resolve("hatter.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new StartException("another Hatter (pid " + pidIn(pidFile) + ") runs with the run directory " + run
                    + ": stop it by bin/hatter stop --run '" + run + "', or give this one its own by --run DIR");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        ReadableFile.write(pidFile, pid);
        return new RunLock(channel, pidFile);
    }

    private static String pidIn(Path pidFile) {
        try {
            return Files.readString(pidFile).strip();
        } catch (IOException e) {
            return "not yet known";
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(pidFile);
        channel.close();
    }
}
