// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * One Hatter per run directory: a lock on hatter.lock that the kernel gives back however the process ends, and the pid in
 * hatter.pid. Both files go with it; a lock counts only on the file that is at that path afterwards, as another Hatter may
 * have removed it, and a third made a new one, in between.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;
    private final Path lockFile;
    private final Path pidFile;

    private RunLock(FileChannel channel, Path lockFile, Path pidFile) {
        this.channel = channel;
        this.lockFile = lockFile;
        this.pidFile = pidFile;
    }

    static RunLock acquire(Path run) throws IOException, StartException {
        Path lockFile = run.resolve("hatter.lock");
        Path pidFile = run.resolve("hatter.pid");
        FileChannel channel = lock(lockFile);
        if (channel == null) {
            throw new StartException("another Hatter (pid " + pidIn(pidFile) + ") runs with the run directory " + run
                    + ": stop it by bin/hatter stop --run '" + run + "', or give this one its own by --run DIR");
        }
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        ReadableFile.write(pidFile, pid);
        return new RunLock(channel, lockFile, pidFile);
    }

    /** @return null when somebody else has it */
    private static FileChannel lock(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Object opened =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            if (Files.exists(file)
                    && opened.equals(Files.readAttributes(file, BasicFileAttributes.class)
                            .fileKey())) {
                return channel;
            }
            channel.close();
        }
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
        if (channel.isOpen()) {
            Files.deleteIfExists(pidFile);
            Files.deleteIfExists(lockFile); // while it is held, so that it is ours
            channel.close();
        }
    }
}
