// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opening, closing, limits and timeouts of a front door. */
class FrontDoorTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final BlockingQueue<String> aborts = new LinkedBlockingQueue<>();
    private final BlockingQueue<FrontRequest> requests = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource(names = {"EPOLL_V4", "EPOLL_UNIX", "NIO_V6", "NIO_UNIX"})
    void anAddressInUseIsRefusedAndWorksOn(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new)) {
            assertThatThrownBy(() -> FrontDoor.open(
                            sockets.transport(), door.loop, door.door.address(), FrontSettings.defaults(), Echo::new))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(door.door.address().toString())
                    .hasMessageContaining(sockets.isUnix() ? "another process already listens" : "already in use");
            try (RawClient client = door.connect()) {
                assertThat(client.request(1, true, Map.of(), "x").page(1)).isEqualTo("x");
            }
        }
    }

    @Test
    void bindErrorsSayWhatToDo() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, Echo::new)) {
            assertThatThrownBy(() -> open(door, ListenAddress.parse("192.0.2.1:9000")))
                    .hasMessageContaining("192.0.2.1:9000")
                    .hasMessageContaining("no such address");
            assertThatThrownBy(() -> open(door, ListenAddress.parse("no-such-host.invalid:9000")))
                    .hasMessageContaining("no-such-host.invalid");
            assertThatThrownBy(() -> open(door, ListenAddress.parse("/no/such/dir/www.sock")))
                    .hasMessageContaining("/no/such/dir");
        }
    }

    @Test
    void aPortAloneTakesIpv4AndIpv6() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V6, Echo::new)) {
            for (Transport transport : List.of(Transport.best(), Transport.nio())) {
                var group = transport.newGroup(1, Thread::new);
                ListenAddress any = ListenAddress.parse(Integer.toString(freePort()));
                FrontSettings settings =
                        FrontSettings.defaults().withAllowedClients(Set.of(InetAddress.getByName("127.0.0.1")));
                FrontDoor both = FrontDoor.open(transport, group.next(), any, settings, Echo::new);
                try (RawClient v4 = new RawClient(new java.net.InetSocketAddress("127.0.0.1", any.port()));
                        RawClient v6 = new RawClient(new java.net.InetSocketAddress("::1", any.port()))) {
                    // an IPv4 client is known as such on a dual-stack socket
                    assertThat(v4.request(1, true, Map.of(), "4").page(1)).isEqualTo("4");
                    assertThat(v6.isClosedByPeer()).isTrue();
                }
                both.close().join();
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            }
        }
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static FrontDoor open(TestDoor door, ListenAddress address) throws IOException {
        return FrontDoor.open(door.sockets.transport(), door.loop, address, FrontSettings.defaults(), Echo::new);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL_UNIX", "NIO_UNIX"})
    void unixSocketsHaveTheirRightsAndChangeThem(Sockets sockets) throws Exception {
        FrontSettings settings = FrontSettings.defaults().withUnixRights(new UnixRights(null, null, 0600));
        try (TestDoor door = new TestDoor(sockets, settings, Echo::new)) {
            Path path = door.door.address().path();
            assertThat(mode(path)).isEqualTo(0600);
            door.door.applySettings(settings.withUnixRights(new UnixRights(null, null, 0666)));
            assertThat(mode(path)).isEqualTo(0666);
            assertThatThrownBy(() -> door.door.applySettings(
                            settings.withUnixRights(new UnixRights("no-such-user", null, 0600))))
                    .hasMessageContaining("listen.owner = no-such-user");
            assertThat(Files.list(door.directory)).containsExactly(path);
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    @EnabledIf("isRoot")
    void unixSocketsGetOwnerAndGroupByNameOrNumber() throws Exception {
        FrontSettings settings = FrontSettings.defaults().withUnixRights(new UnixRights("daemon", "12345", 0640));
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, settings, Echo::new)) {
            Path path = door.door.address().path();
            assertThat(Files.getOwner(path)).hasToString("daemon");
            assertThat(Files.getAttribute(path, "unix:gid")).isEqualTo(12_345);
            door.door.applySettings(settings.withUnixRights(new UnixRights("54321", "0", 0600)));
            assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(54_321);
            assertThat(mode(path)).isEqualTo(0600);
        }
    }

    static boolean canSetAcl() {
        return isRoot() && UnixRights.canSetAcl();
    }

    private static String acl(Path path) throws Exception {
        Process getfacl = new ProcessBuilder("getfacl", "-cp", path.toString()).start();
        return new String(getfacl.getInputStream().readAllBytes()).strip().replace('\n', ',');
    }

    @Test
    @EnabledIf("canSetAcl")
    void unixSocketsGetAnAccessControlListAndLoseIt() throws Exception {
        UnixRights daemon = new UnixRights("nobody", null, 0600, List.of("daemon"), List.of("daemon"));
        FrontSettings settings = FrontSettings.defaults().withUnixRights(daemon);
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, settings, Echo::new)) {
            Path path = door.door.address().path();
            assertThat(acl(path))
                    .isEqualTo("user::rw-,user:daemon:rw-,group::---,group:daemon:rw-,mask::rw-,other::---");
            assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(0);
            UnixRights bin = new UnixRights(null, null, 0660, List.of("bin", "daemon"), List.of());
            door.door.applySettings(settings.withUnixRights(bin));
            assertThat(acl(path)).isEqualTo("user::rw-,user:daemon:rw-,user:bin:rw-,group::rw-,mask::rw-,other::---");
            door.door.applySettings(settings.withUnixRights(new UnixRights("daemon", "daemon", 0640)));
            assertThat(acl(path)).isEqualTo("user::rw-,group::r--,other::---");
            assertThat(Files.getOwner(path)).hasToString("daemon");
            door.door.applySettings(settings);
            assertThat(Files.getAttribute(path, "unix:uid")).isEqualTo(0);
            assertThatThrownBy(() -> door.door.applySettings(settings.withUnixRights(
                            new UnixRights(null, null, 0600, List.of("no-such-user"), List.of()))))
                    .hasMessageContaining("no-such-user");
        }
    }

    @Test
    void aWrongOwnerLeavesNothingBehind() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new)) {
            Path path = door.directory.resolve("other.sock");
            FrontSettings settings =
                    FrontSettings.defaults().withUnixRights(new UnixRights("no-such-user", null, 0600));
            assertThatThrownBy(() ->
                            FrontDoor.open(Transport.best(), door.loop, ListenAddress.unix(path), settings, Echo::new))
                    .hasMessageContaining("no-such-user");
            assertThat(Files.list(door.directory)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL_UNIX", "NIO_UNIX"})
    void aDeadSocketIsReplacedAndAFileIsNot(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new)) {
            Path dead = door.directory.resolve("dead.sock");
            try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                crashed.bind(UnixDomainSocketAddress.of(dead));
            }
            assertThat(dead).exists();
            FrontDoor replaced = open(door, ListenAddress.unix(dead));
            try (RawClient client = new RawClient(UnixDomainSocketAddress.of(dead))) {
                assertThat(client.request(1, false, Map.of(), "new").page(1)).isEqualTo("new");
            }
            replaced.close().join();
            assertThat(dead).doesNotExist();

            Path file = Files.writeString(dead, "precious");
            assertThatThrownBy(() -> open(door, ListenAddress.unix(file))).hasMessageContaining("no socket");
            assertThat(file).hasContent("precious");
            Files.delete(file);
        }
    }

    @Test
    void anotherSocketInItsPlaceIsLeftAlone() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new)) {
            Path path = door.door.address().path();
            Files.delete(path);
            FrontDoor successor = open(door, door.door.address());
            door.door.stopAccepting().join();
            assertThat(path).exists();
            successor.close().join();
            assertThat(path).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void drainFinishesWhatIsUnderWayAndClosesWhatIsIdle(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, this::hold);
                RawClient busy = door.connect();
                RawClient idle = door.connect()) {
            busy.request(1, true, Map.of(), "");
            FrontRequest request = requests.take();
            await().until(() -> door.door.connections() == 2);
            CompletableFuture<Void> drained = door.door.drain();
            assertThat(idle.next()).isNull();
            assertThatThrownBy(door::connect).isInstanceOf(IOException.class);
            assertThat(drained).isNotDone();
            answer(door, request, "finished");
            assertThat(busy.page(1)).isEqualTo("finished");
            assertThat(busy.next()).isNull();
            drained.get(10, TimeUnit.SECONDS);
            assertThat(door.door.connections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void drainStillServesARequestThatWasOnItsWay(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, this::hold);
                RawClient fresh = door.connect();
                RawClient used = door.connect()) {
            used.request(1, true, Map.of(), "");
            answer(door, requests.take(), "before");
            assertThat(used.page(1)).isEqualTo("before");
            await().until(() -> door.door.connections() == 2);
            CompletableFuture<Void> drained = door.door.drain();
            fresh.request(2, true, Map.of(), "");
            used.request(2, true, Map.of(), "");
            answer(door, requests.take(), "after");
            answer(door, requests.take(), "after");
            assertThat(fresh.page(2)).isEqualTo("after");
            assertThat(used.page(2)).isEqualTo("after");
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    @Timeout(20)
    void whoConnectedBeforeTheSocketWentIsServed() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, this::hold)) {
            CountDownLatch released = new CountDownLatch(1);
            door.loop.execute(() -> awaitQuietly(released));
            // the loop is held up, so these wait in the socket's queue
            try (RawClient first = door.connect();
                    RawClient second = door.connect()) {
                CompletableFuture<Void> drained = door.door.drain();
                first.request(1, false, Map.of(), "");
                second.request(1, false, Map.of(), "");
                released.countDown();
                answer(door, requests.take(), "served");
                answer(door, requests.take(), "served");
                assertThat(first.page(1)).isEqualTo("served");
                assertThat(second.page(1)).isEqualTo("served");
                drained.get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeAbortsWhatIsUnderWay(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "");
            requests.take();
            door.door.close().get(10, TimeUnit.SECONDS);
            assertThat(aborts.take()).contains("front door was closed");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionIsAnAbort(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, this::hold)) {
            try (RawClient client = door.connect()) {
                client.request(1, true, Map.of(), "");
                assertThat(requests.take().isOpen()).isTrue();
            }
            assertThat(aborts.take()).contains("closed the connection");
            await().until(() -> door.door.connections() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedRequestBreaksTheConnectionOff(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "");
            FrontRequest request = requests.take();
            door.loop.execute(() -> {
                request.stdout(Unpooled.wrappedBuffer(new byte[100_000]));
                request.fail();
                request.stdout(Unpooled.wrappedBuffer(new byte[1]));
            });
            assertThat(client.next().content()).hasSize(65_535);
            assertThat(client.next().content()).hasSize(100_000 - 65_535);
            // nginx takes the end of the connection alone for the end of the answer
            assertThat(client.next().known()).isEqualTo(RecordType.GET_VALUES_RESULT);
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void aRequestThatFailsBeforeItIsAnsweredSaysWhyAndNoMore() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "");
            FrontRequest request = requests.take();
            door.loop.execute(() -> {
                request.stderr(Unpooled.wrappedBuffer(new byte[10]));
                request.fail();
            });
            assertThat(client.next().content()).hasSize(10);
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void aFailedRequestAmongOthersHasNoEndAndTheLastOfThemClosesTheConnection() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "").request(2, true, Map.of(), "");
            FrontRequest first = requests.take();
            FrontRequest second = requests.take();
            assertThat(door.loop.submit(first::sharesConnection).get()).isTrue();
            door.loop.execute(first::fail);
            answer(door, second, "fine");
            assertThat(client.page(2)).isEqualTo("fine");
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void aFailedRequestThatIsAbortedEndsAndItsConnectionGoesOn() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "").request(2, true, Map.of(), "");
            FrontRequest first = requests.take();
            FrontRequest second = requests.take();
            door.loop.submit(first::fail).get();
            client.abort(1);
            assertThat(client.next()).satisfies(end -> {
                assertThat(end.known()).isEqualTo(RecordType.END_REQUEST);
                assertThat(end.id()).isEqualTo(1);
            });
            answer(door, second, "fine");
            assertThat(client.page(2)).isEqualTo("fine");
            client.request(1, true, Map.of(), "");
            answer(door, requests.take(), "again");
            assertThat(client.page(1)).isEqualTo("again");
        }
    }

    @Test
    void theIdOfAFailedRequestIsStillInUse() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "").request(2, true, Map.of(), "");
            door.loop.submit(requests.take()::fail).get();
            assertThat(client.begin(1, Role.RESPONDER, true).isClosedByPeer()).isTrue();
        }
    }

    @Test
    void keptParametersOutliveTheirRequestAndCountAgainstTheLimit() throws Exception {
        FrontSettings settings = FrontSettings.defaults().withLimits(new FrontLimits(10, 2, 2000, 3000));
        BlockingQueue<FrontRequest> left = new LinkedBlockingQueue<>();
        RequestHandler keeping = request -> new Silent(List.of()) {
            @Override
            public void onAbort(String reason) {
                request.keepParams();
                left.add(request);
            }
        };
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, settings, keeping);
                RawClient second = door.connect()) {
            try (RawClient first = door.connect()) {
                first.request(1, true, Map.of("A", "a".repeat(1900)), "");
                await().until(() -> door.door.connections() == 2);
            }
            FrontRequest request = left.take();
            assertThat(door.loop.submit(() -> request.params().get("A")).get()).hasSize(1900);
            second.begin(1, Role.RESPONDER, true).params(1, Map.of("A", "a".repeat(1900)));
            assertThat(second.page(1)).startsWith("Status: 503 ");
            door.loop.submit(request::releaseParams).get();
            // there is room again
            second.begin(2, Role.RESPONDER, true).params(2, Map.of("A", "a".repeat(1900)));
            second.abort(2);
            FrontRequest next = left.take();
            assertThat(door.loop.submit(() -> next.params().get("A")).get()).hasSize(1900);
            door.loop
                    .submit(() -> {
                        next.end(0, ProtocolStatus.REQUEST_COMPLETE);
                        next.releaseParams();
                    })
                    .get();
        }
    }

    @Test
    void aHandlerThatThrowsCostsItsConnectionOnly() throws Exception {
        RequestHandler broken = request -> {
            throw new IllegalStateException("broken on purpose");
        };
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, broken);
                RawClient client = door.connect();
                RawClient again = door.connect()) {
            assertThat(client.request(1, true, Map.of(), "").isClosedByPeer()).isTrue();
            assertThat(again.request(1, true, Map.of(), "").isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreConnectionsThanAllowedAreClosed(Sockets sockets) throws Exception {
        FrontSettings settings = FrontSettings.defaults().withLimits(new FrontLimits(2, 5, 1000, 10_000));
        try (TestDoor door = new TestDoor(sockets, settings, Echo::new);
                RawClient first = door.connect();
                RawClient second = door.connect()) {
            assertThat(first.request(1, true, Map.of(), "1").page(1)).isEqualTo("1");
            assertThat(second.request(1, true, Map.of(), "2").page(1)).isEqualTo("2");
            try (RawClient third = door.connect()) {
                assertThat(third.isClosedByPeer()).isTrue();
            }
            assertThat(door.door.connections()).isEqualTo(2);
            assertThat(door.door.acceptedConnections()).isEqualTo(3);
            door.door.applySettings(FrontSettings.defaults());
            try (RawClient fourth = door.connect()) {
                assertThat(fourth.request(1, true, Map.of(), "4").page(1)).isEqualTo("4");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL_V4", "EPOLL_V6", "NIO_V4", "NIO_V6"})
    void onlyAllowedClientsGetIn(Sockets sockets) throws Exception {
        Set<InetAddress> others = Set.of(InetAddress.getByName("192.0.2.7"));
        try (TestDoor door = new TestDoor(sockets, FrontSettings.defaults().withAllowedClients(others), Echo::new)) {
            try (RawClient client = door.connect()) {
                assertThat(client.isClosedByPeer()).isTrue();
            }
            Set<InetAddress> us =
                    Set.of(InetAddress.getByName(door.door.address().host()));
            door.door.applySettings(FrontSettings.defaults().withAllowedClients(us));
            try (RawClient client = door.connect()) {
                assertThat(client.request(1, true, Map.of(), "in").page(1)).isEqualTo("in");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsWithoutARequestAreClosed(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, timeouts(SHORT, LONG, LONG, LONG), Echo::new);
                RawClient silent = door.connect();
                RawClient half = door.connect();
                RawClient begun = door.connect()) {
            half.hex("010100");
            begun.begin(1, Role.RESPONDER, true);
            assertThat(begun.page(1)).startsWith("Status: 408 Request Timeout");
            assertThat(silent.isClosedByPeer()).isTrue();
            assertThat(half.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void idleConnectionsAreClosed() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, timeouts(LONG, SHORT, LONG, LONG), Echo::new);
                RawClient client = door.connect()) {
            assertThat(client.request(1, true, Map.of(), "x").page(1)).isEqualTo("x");
            assertThat(client.next()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatKeepsSendingIsLeftAfterAWhile(Sockets sockets) throws Exception {
        FrontSettings settings =
                FrontSettings.defaults().withTimeouts(new FrontTimeouts(LONG, LONG, LONG, LONG, SHORT));
        try (TestDoor door = new TestDoor(sockets, settings, this::hold);
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, false).params(1, Map.of()).body(RecordType.STDIN, 1, "unfinished");
            answer(door, requests.take(), "enough");
            assertThat(client.page(1)).isEqualTo("enough");
            assertThat(client.next()).isNull();
            // the client's side is still open
            await().until(() -> door.door.connections() == 0);
        }
    }

    @Test
    void anUnfinishedBodyIsGivenUp() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_V4, timeouts(LONG, LONG, SHORT, LONG), this::hold);
                RawClient client = door.connect()) {
            client.begin(1, Role.RESPONDER, true).params(1, Map.of()).body(RecordType.STDIN, 1, "some");
            assertThat(aborts.take()).contains("unfinished body");
            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebServerThatTakesNothingIsGivenUp(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, timeouts(LONG, LONG, LONG, SHORT), this::hold);
                RawClient client = door.connect()) {
            client.request(1, true, Map.of(), "");
            FrontRequest request = requests.take();
            door.loop.execute(() -> {
                request.stdout(Unpooled.wrappedBuffer(new byte[32 * 1024 * 1024]));
                request.flush();
            });
            assertThat(aborts.take()).contains("took nothing");
            assertThat(client.channel().isOpen()).isTrue();
        }
    }

    @Test
    void nothingIsLeftOpen() throws Exception {
        try (TestDoor warm = new TestDoor(Sockets.EPOLL_V4, Echo::new)) {
            assertThat(warm.door.connections()).isZero();
        }
        long before = descriptors();
        for (Sockets sockets : Sockets.values()) {
            try (TestDoor door = new TestDoor(sockets, Echo::new);
                    RawClient client = door.connect()) {
                assertThat(client.request(1, true, Map.of(), "x").page(1)).isEqualTo("x");
            }
        }
        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static int mode(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 0777;
    }

    private static FrontSettings timeouts(Duration begin, Duration idle, Duration body, Duration write) {
        return FrontSettings.defaults().withTimeouts(new FrontTimeouts(begin, idle, body, write, LONG));
    }

    private void answer(TestDoor door, FrontRequest request, String text) {
        door.loop.execute(() -> {
            request.stdout(Unpooled.copiedBuffer(text, java.nio.charset.StandardCharsets.UTF_8));
            request.end(0, ProtocolStatus.REQUEST_COMPLETE);
        });
    }

    /** Leaves the request to the test. */
    private RequestListener hold(FrontRequest request) {
        requests.add(request);
        return new Silent(aborts);
    }
}
