// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A virtual machine without acceleration, on the host's file system, which it can't change: boots, runs one of the
 * scripts of {@code src/test/resources/guest} to its end, and powers off. What the script wrote into /shared/results is
 * what a test looks at. It has one processor: with two, emulated by a thread each, a JVM's compiled code was once run before
 * all of it was there.
 */
public final class Guest {
    private static final Path GUESTS = Path.of(System.getProperty("hatter.guests"));
    private static final Duration LIMIT = Duration.ofSeconds(900);

    private final String script;
    private final Path results;
    private final Path console;

    private Guest(String script, Path results, Path console) {
        this.script = script;
        this.results = results;
        this.console = console;
    }

    /** Runs a script under a kernel with those parameters, and returns when the guest is off. */
    static Guest run(String script, String kernelParameters) {
        Path qemu = Programs.require("qemu-system-x86_64", "qemu-system-x86");
        Programs.require("apparmor_parser", "apparmor");
        if (!System.getProperty("os.arch").equals("amd64")) {
            throw Programs.missing("the guest runs the host's programs, which must be x86-64");
        }
        Kernel kernel = Kernel.require();
        Path directory = directory(script);
        Path shared = share(directory, script);
        List<String> command = Stream.concat(
                        Stream.of(qemu.toString()),
                        arguments(kernel, Initramfs.build(kernel, directory), shared, kernelParameters))
                .toList();
        long started = System.nanoTime();
        try (Child machine = Child.start("guest-" + script, directory, Map.of(), command)) {
            machine.await(LIMIT);
            Logs.say(
                    "guest %s: %d s",
                    script, Duration.ofNanos(System.nanoTime() - started).toSeconds());
            Guest guest = new Guest(script, shared.resolve("results"), machine.log());
            guest.check();
            return guest;
        }
    }

    private static Stream<String> arguments(Kernel kernel, Path initramfs, Path shared, String parameters) {
        String append = "console=ttyS0 quiet panic=-1 no_timer_check " + parameters;
        return Stream.of(
                "-accel",
                "tcg",
                "-cpu",
                "max",
                "-m",
                "3G",
                "-smp",
                "1",
                "-nographic",
                "-no-reboot",
                "-nic",
                "none",
                "-kernel",
                kernel.image().toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                append,
                "-virtfs",
                "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
                "-virtfs",
                "local,path=" + shared + ",mount_tag=shared,security_model=none,multidevs=remap");
    }

    private static Path directory(String name) {
        try {
            Path directory = GUESTS.resolve(name).toAbsolutePath();
            Run.check(Duration.ofSeconds(30), "rm", "-rf", directory.toString());
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path share(Path directory, String script) {
        try {
            Path shared = Files.createDirectory(directory.resolve("shared"));
            Files.createDirectory(shared.resolve("results"));
            Path scripts = Files.createDirectory(shared.resolve("guest"));
            Resources.copyGuest(scripts);
            Files.writeString(scripts.resolve("script"), script + ".sh\n");
            Files.writeString(scripts.resolve("attacks"), Attack.keys());
            Files.writeString(scripts.resolve("all"), All.runs() + "\n");
            Files.move(
                    Distribution.unpack(Files.createDirectory(directory.resolve("unpacked"))),
                    shared.resolve("hatter"));
            ControlBundle.addTo(shared.resolve("hatter"));
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check() {
        if (!"0\n".equals(read("exit-code"))) {
            throw new AssertionError("guest " + script + " failed; " + log());
        }
    }

    /** What the script wrote into a file of that name. */
    public String read(String name) {
        Path file = results.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new AssertionError("guest " + script + " left no result \"" + name + "\"; " + log());
        }
        return Logs.read(file);
    }

    /** All that the guest said, for who looks for the reason of a failure. */
    public String log() {
        return console + ":\n" + Logs.read(console);
    }
}
