// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import dev.hatter.itests.peers.harness.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says of a process, read so fast that it can be asked every few milliseconds. */
public final class Proc {
    private static final Duration JCMD = Duration.ofSeconds(30);

    private final long pid;

    public Proc(long pid) {
        this.pid = pid;
    }

    private Path path(String name) {
        return Path.of("/proc/" + pid, name);
    }

    /** Its children, also those that have ended and were not waited for. */
    public List<Long> children() {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(path("task"))) {
            for (Path task : tasks) {
                String line = read(task.resolve("children"));
                Stream.of(line.split(" "))
                        .filter(text -> !text.isBlank())
                        .map(Long::valueOf)
                        .forEach(children::add);
            }
            return children;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (e.getMessage().contains("No such process")) {
                return "";
            }
            throw e;
        }
    }

    public int descriptors() {
        return count("fd");
    }

    public int threads() {
        return count("task");
    }

    private int count(String directory) {
        try (Stream<Path> entries = Files.list(path(directory))) {
            return (int) entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int rssMegabytes() {
        try (Stream<String> lines = Files.lines(path("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a JVM's heap holds after a full collection, a line for each class. */
    public String histogram() {
        return Run.check(JCMD, System.getProperty("java.home") + "/bin/jcmd", "" + pid, "GC.class_histogram");
    }

    /** The bytes of all that lives in a JVM's heap. */
    public static long liveBytes(String histogram) {
        return histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> Long.valueOf(line.strip().split(" +")[2]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no total: " + histogram));
    }
}
