// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.responder.Main;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The responder as a process of its own, which inherits a listening socket as a worker does. */
final class Responder implements AutoCloseable {
    private static final String PERL = """
            use Socket; use POSIX;
            my ($address, $announce) = splice @ARGV, 0, 2;
            my $tcp = $address =~ /^[0-9]+$/;
            socket(my $s, $tcp ? PF_INET : PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
            bind($s, $tcp ? pack_sockaddr_in($address, INADDR_LOOPBACK) : pack_sockaddr_un($address)) or die "bind: $!";
            listen($s, 128) or die "listen: $!";
            POSIX::dup2(fileno($s), 0) or die "dup2: $!";
            open(my $out, '>', "$announce.new") or die "open: $!";
            print $out ($tcp ? (unpack_sockaddr_in(getsockname($s)))[0] : $address);
            close($out); rename("$announce.new", $announce);
            exec @ARGV or die "exec: $!";
            """;

    final Process process;
    final SocketAddress address;
    final Path stderr;

    private Responder(Process process, SocketAddress address, Path stderr) {
        this.process = process;
        this.address = address;
        this.stderr = stderr;
    }

    static Responder onUnix(Path directory, String... options) throws IOException {
        Path socket = directory.resolve("socket");
        return start(directory, socket.toString(), text -> UnixDomainSocketAddress.of(socket), options);
    }

    static Responder onTcp(Path directory, String... options) throws IOException {
        return start(directory, "0", port -> new InetSocketAddress("127.0.0.1", Integer.parseInt(port)), options);
    }

    private static Responder start(
            Path directory, String where, Function<String, SocketAddress> address, String... options)
            throws IOException {
        Path announce = directory.resolve("address");
        Path stderr = directory.resolve("stderr");
        List<String> command = new ArrayList<>(List.of("perl", "-e", PERL, where, announce.toString()));
        command.addAll(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m"));
        command.addAll(List.of("-cp", classes(), Main.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(stderr.toFile())
                .start();
        await().until(() -> Files.exists(announce) || !process.isAlive());
        assertThat(announce).as(Files.readString(stderr)).exists();
        return new Responder(process, address.apply(Files.readString(announce)), stderr);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classes() {
        try {
            return Path.of(Main.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    Client connect() throws IOException {
        return new Client(address);
    }

    /** Waits until its JVM takes signals: one that comes earlier ends it as a failed start. */
    void awaitSignals() {
        await().until(() -> {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                return threads.anyMatch(thread -> name(thread).equals("Signal Dispatch"));
            }
        });
    }

    /** Empty when the thread has ended. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("has ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
