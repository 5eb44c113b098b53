// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.fastcgi.transport.FrontSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Socket files made at the same time. */
@Timeout(30)
class UnixSocketFileTest {
    private static final int AT_ONCE = 8;

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final Queue<ServerSocketChannel> open = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (ServerSocketChannel channel : open) {
            channel.close();
        }
    }

    private ServerSocketChannel listen(Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(channel);
        return channel.bind(UnixDomainSocketAddress.of(path));
    }

    private static void unbind(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocketChannel create(Path path, UnixSocketFile.Binder<ServerSocketChannel> binder)
            throws IOException {
        return new UnixSocketFile(path)
                .create(FrontSettings.defaults().unixRights(), binder, UnixSocketFileTest::unbind);
    }

    @Test
    void ofManyThatWantOnePathOneGetsIt() throws Exception {
        Path path = directory.resolve("www.sock");
        List<Future<ServerSocketChannel>> attempts = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            attempts.add(threads.submit(() -> create(path, this::listen)));
        }
        int made = 0;
        for (Future<ServerSocketChannel> attempt : attempts) {
            try {
                attempt.get();
                made++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageContaining("another process already listens on " + path);
            }
        }
        assertThat(made).isOne();
        assertThat(files()).containsExactly("www.sock");
    }

    @Test
    void thoseMadeTogetherShareADirectoryThatNobodyElseCanEnter() throws Exception {
        CyclicBarrier all = new CyclicBarrier(AT_ONCE);
        Set<Path> hidden = ConcurrentHashMap.newKeySet();
        List<Future<ServerSocketChannel>> sockets = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Path path = directory.resolve(i + ".sock");
            sockets.add(threads.submit(() -> create(path, temporary -> {
                hidden.add(temporary.getParent());
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.getParent())))
                        .isEqualTo("rwx------");
                await(all);
                return listen(temporary);
            })));
        }
        for (Future<ServerSocketChannel> socket : sockets) {
            assertThat(socket.get().isOpen()).isTrue();
        }
        assertThat(hidden).hasSize(1);
        assertThat(files()).hasSize(AT_ONCE).allMatch(name -> name.endsWith(".sock"));
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
