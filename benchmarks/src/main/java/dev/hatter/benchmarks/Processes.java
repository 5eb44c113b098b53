// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the kernel says of a server's processes: of what manages, and of the workers, which are all the PHP below it. */
final class Processes {
    private final ProcessHandle root;

    Processes(long pid) {
        this.root = ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("no process " + pid));
    }

    /** CPU seconds of each process, since it began. */
    record Cpu(Map<Long, Double> managers, Map<Long, Double> workers) {
        double managersSince(Cpu before) {
            return sum(managers, before.managers);
        }

        double workersSince(Cpu before) {
            return sum(workers, before.workers);
        }

        private static double sum(Map<Long, Double> now, Map<Long, Double> then) {
            return now.entrySet().stream()
                    .mapToDouble(entry -> entry.getValue() - then.getOrDefault(entry.getKey(), 0.0))
                    .filter(seconds -> seconds > 0) // less where a thread has ended
                    .sum();
        }
    }

    Cpu cpu() {
        Map<Long, Double> managers = new HashMap<>();
        Map<Long, Double> workers = new HashMap<>();
        all().forEach(handle -> {
            (isWorker(handle) ? workers : managers).put(handle.pid(), seconds(handle.pid()));
        });
        return new Cpu(managers, workers);
    }

    /** CPU seconds of the threads in which a JVM compiles; what a thread that has ended has used is forgotten. */
    double compilerSeconds() {
        return threadSeconds(
                root.pid(), thread -> read(root.pid(), thread + "/comm").matches("C[12] Compiler.*\\s*"));
    }

    /** Kilobytes of physical memory of what manages. */
    double managersRss() {
        return all().filter(handle -> !isWorker(handle))
                .mapToDouble(handle -> kilobytes(read(handle.pid(), "status"), "VmRSS:"))
                .sum();
    }

    /** Kilobytes of all PHP there is, what is shared counted by share: of php-fpm its master too, of php-cgi the parent. */
    double phpPss() {
        return all().filter(Processes::isPhp)
                .mapToDouble(handle -> kilobytes(read(handle.pid(), "smaps_rollup"), "Pss:"))
                .sum();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private boolean isWorker(ProcessHandle handle) {
        return handle.pid() != root.pid() && isPhp(handle);
    }

    private static boolean isPhp(ProcessHandle handle) {
        return read(handle.pid(), "comm").startsWith("php");
    }

    /** By the scheduler's own count, in nanoseconds: the usual one is in hundredths of a second, far too coarse here. */
    private static double seconds(long pid) {
        return threadSeconds(pid, thread -> true);
    }

    /** @param which threads count, by their folder in the process' own */
    private static double threadSeconds(long pid, Predicate<String> which) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(thread -> "task/" + thread.getFileName())
                    .filter(which)
                    .map(thread -> read(pid, thread + "/schedstat"))
                    .filter(text -> !text.isEmpty())
                    .mapToDouble(text -> Long.parseLong(text.split(" ")[0]) / 1e9)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended
        }
    }

    private static double kilobytes(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Empty when the process has ended. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid, file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
