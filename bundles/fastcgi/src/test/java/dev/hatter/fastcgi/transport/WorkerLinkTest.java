// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link to workers that do right, and to workers that don't. */
class WorkerLinkTest {
    private static final String STDOUT_HI = "0106000100020000 6869";
    private static final String END_OK = "0103000100080000 0000000000000000";

    /** What begin() sends: BEGIN_REQUEST, PARAMS with one pair, its end. */
    private static final int REQUEST_LENGTH = 16 + 8 + 4 + 8;

    @TempDir
    Path directory;

    private final LinkEvents events = new LinkEvents();
    private final Transport transport = Transport.best();
    private EventLoopGroup group;
    private EventLoop loop;
    private ServerSocketChannel worker;

    @BeforeEach
    void listen() throws IOException {
        group = transport.newGroup(1, Thread::new);
        loop = group.next();
        worker = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        worker.bind(UnixDomainSocketAddress.of(socket()));
    }

    @AfterEach
    void stop() throws IOException {
        worker.close();
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Path socket() {
        return directory.resolve("w.sock");
    }

    @ParameterizedTest
    @EnumSource
    void servesRequestAfterRequest(Sockets sockets) throws Exception {
        try (TestDoor door = new TestDoor(sockets, Echo::new)) {
            WorkerLink link = door.link(door.loop, events);
            assertThat(events.events.take()).isEqualTo("connected");
            for (int i = 0; i < 50; i++) {
                request(door.loop, link, true, Map.of("PREFIX", i + ":"), "body");
                assertThat(events.answer()).isEqualTo(i + ":body|end 0 REQUEST_COMPLETE");
            }
            request(door.loop, link, false, Map.of(), "last");
            assertThat(events.answer()).isEqualTo("last|end 0 REQUEST_COMPLETE");
            assertThat(events.events.take()).isEqualTo("closed");
            assertThat(events.cause).isNull();
            assertThat(link.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void allOfARequestArrivesThatIsClosedWhenSent(Sockets sockets) throws Exception {
        CompletableFuture<Long> arrived = new CompletableFuture<>();
        BlockingQueue<String> aborts = new LinkedBlockingQueue<>();
        RequestHandler counting = request -> new Silent(aborts) {
            private long bytes;

            @Override
            public void onBody(RecordType stream, ByteBuf content) {
                bytes += content.readableBytes();
                super.onBody(stream, content);
            }

            @Override
            public void onBodyEnd(RecordType stream) {
                arrived.complete(bytes);
            }
        };
        try (TestDoor door = new TestDoor(sockets, counting)) {
            WorkerLink link = door.link(door.loop, events);
            // also before the connection is there, and with more than a socket's buffer holds
            door.loop
                    .submit(() -> {
                        link.begin(Role.RESPONDER, true, Params.of(Map.of("A", "b")));
                        link.body(RecordType.STDIN, Unpooled.wrappedBuffer(new byte[5_000_000]));
                        link.bodyEnd(RecordType.STDIN);
                        link.closeWhenSent();
                    })
                    .get();
            assertThat(arrived.get(30, TimeUnit.SECONDS)).isEqualTo(5_000_000);
            assertThat(aborts.poll(30, TimeUnit.SECONDS)).contains("closed the connection");
            assertThat(events.events).isSubsetOf("connected");
            assertThat(link.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void parametersOfAnySizeArrive(Sockets sockets) throws Exception {
        RequestHandler lengths = request -> {
            StringBuilder text = new StringBuilder();
            request.params()
                    .forEach((name, value) ->
                            text.append(name).append(value.length()).append(' '));
            request.stdout(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            return new Echo(request);
        };
        try (TestDoor door = new TestDoor(sockets, lengths)) {
            WorkerLink link = door.link(door.loop, events);
            for (int length : new int[] {0, 4085, 4086, 4087, 5000, 50_000, 65_529}) {
                request(door.loop, link, true, Map.of("A", "x".repeat(length)), "");
                assertThat(events.answer()).isEqualTo("A" + length + " |end 0 REQUEST_COMPLETE");
            }
            Map<String, String> large = new LinkedHashMap<>();
            large.put("A", "x".repeat(40_000));
            large.put("B", "x".repeat(40_000));
            large.put("C", "x".repeat(60_000));
            request(door.loop, link, true, large, "");
            assertThat(events.answer()).isEqualTo("A40000 B40000 C60000 |end 0 REQUEST_COMPLETE");
            close(door.loop, link);
        }
    }

    @Test
    void asksForValues() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new)) {
            WorkerLink link = door.link(door.loop, events);
            door.loop.execute(link::getValues);
            assertThat(events.events.take()).isEqualTo("connected");
            assertThat(events.events.take())
                    .isEqualTo("values {FCGI_MAX_CONNS=1000, FCGI_MAX_REQS=64, FCGI_MPXS_CONNS=1}");
            close(door.loop, link);
        }
    }

    @Test
    void anAbortEndsTheRequest() throws Exception {
        try (TestDoor door = new TestDoor(Sockets.EPOLL_UNIX, Echo::new)) {
            WorkerLink link = door.link(door.loop, events);
            door.loop.execute(() -> {
                link.begin(Role.RESPONDER, true, Params.of(Map.of()));
                link.abort();
                link.flush();
            });
            assertThat(events.answer()).isEqualTo("|end 1 REQUEST_COMPLETE");
            request(door.loop, link, true, Map.of(), "next");
            assertThat(events.answer()).isEqualTo("next|end 0 REQUEST_COMPLETE");
            close(door.loop, link);
        }
    }

    static Stream<Arguments> tolerated() {
        String stdoutEnd = "0106000100000000";
        String stderrEnd = "0107000100000000";
        return Stream.of(
                Arguments.of("no end of STDOUT", STDOUT_HI + END_OK, "hi|end 0 REQUEST_COMPLETE"),
                Arguments.of("no STDOUT at all", END_OK, "|end 0 REQUEST_COMPLETE"),
                Arguments.of(
                        "ends of streams again and again",
                        stderrEnd + STDOUT_HI + stdoutEnd + stdoutEnd + stderrEnd + stderrEnd + END_OK,
                        "hi|end 0 REQUEST_COMPLETE"),
                Arguments.of(
                        "padding everywhere",
                        "0106000100020300 6869aabbcc" + "0103000100080100 000000fe01000000 ff",
                        "hi|end 254 CANT_MPX_CONN"),
                Arguments.of("a negative status", "0103000100080000 ffffffff02000000", "|end -1 OVERLOADED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tolerated")
    void realProgramsAreTolerated(String what, String sent, String expected) throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = acceptAndRead()) {
            for (byte b : ByteBufUtil.decodeHexDump(sent.replace(" ", ""))) {
                accepted.write(ByteBuffer.wrap(new byte[] {b}));
            }
            assertThat(events.answer().replace("|", "")).isEqualTo(expected.replace("|", ""));
            assertThat(loop.submit(link::isOpen).get()).isTrue();
        }
        assertThat(events.events.take()).isEqualTo("closed");
        assertThat(events.cause).isNull();
    }

    static Stream<Arguments> rubbish() {
        return Stream.of(
                Arguments.of("Status: 200 OK as in CGI", "5374617475733a", "version 83"),
                Arguments.of("version 2", "0206000100000000", "version 2"),
                Arguments.of("another request's STDOUT", "0106000200010000 61", "STDOUT for request 2"),
                Arguments.of("STDERR with id 0", "0107000000010000 61", "STDERR for request 0"),
                Arguments.of("STDOUT after its end", "0106000100000000" + STDOUT_HI, "STDOUT of 2 bytes"),
                Arguments.of("STDERR after its end", "0107000100000000 0107000100010000 61", "STDERR of 1 bytes"),
                Arguments.of("part of a header after the request's end", END_OK + "0106", "no request is under way"),
                Arguments.of("STDOUT after the request's end", END_OK + STDOUT_HI, "no request is under way"),
                Arguments.of("a second end", END_OK + END_OK, "no request is under way"),
                Arguments.of("a short end", "0103000100070000", "END_REQUEST of 7 bytes"),
                Arguments.of("a long end", "0103000100100000", "END_REQUEST of 16 bytes"),
                Arguments.of("an unknown status", "0103000100080000 0000000004000000", "protocol status 4"),
                Arguments.of("BEGIN_REQUEST", "0101000100080000", "BEGIN_REQUEST from the worker"),
                Arguments.of("PARAMS", "0104000100000000", "PARAMS from the worker"),
                Arguments.of("GET_VALUES", "0109000000000000", "GET_VALUES from the worker"),
                Arguments.of("values nobody asked for", "010a000000000000", "asked for nothing"),
                Arguments.of("UNKNOWN_TYPE for nothing", "010b000000080000", "asked for nothing"),
                Arguments.of("values with an id", "010a000100000000", "it has id 0"),
                Arguments.of("an unknown type", "01c8000100000000", "unknown type 200"),
                Arguments.of("half a header", "010600", "within a record"),
                Arguments.of("half a record", "0106000100050000 6162", "within a record"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rubbish")
    void rubbishIsNamed(String what, String sent, String message) throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = acceptAndRead()) {
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(sent.replace(" ", ""))));
        }
        String event = events.events.take();
        while (!event.equals("closed")) {
            event = events.events.take();
        }
        assertThat(events.cause).isInstanceOf(FastCgiException.class).hasMessageContaining(message);
        assertThat(loop.submit(link::isOpen).get()).isFalse();
    }

    /** What came behind an answer, in the same read, was taken for the answer to the request that began upon its end. */
    @ParameterizedTest
    @ValueSource(strings = {STDOUT_HI + END_OK, "01060001"})
    void nothingBehindAnAnswerIsTakenForTheNextOne(String behind) throws Exception {
        AtomicReference<WorkerLink> link = new AtomicReference<>();
        AtomicReference<FastCgiException> known = new AtomicReference<>();
        LinkEvents first = new LinkEvents() {
            @Override
            public void onEnd(int appStatus, ProtocolStatus protocolStatus) {
                known.set(link.get().fault());
                super.onEnd(appStatus, protocolStatus);
            }
        };
        loop.submit(() -> {
                    link.set(WorkerLink.connect(transport, loop, socket(), first));
                    link.get().begin(Role.RESPONDER, true, Params.of(Map.of("A", "1")));
                    link.get().flush();
                })
                .get();
        try (SocketChannel accepted = acceptAndRead()) {
            String sent = STDOUT_HI + END_OK + behind;
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(sent.replace(" ", ""))));
            assertThat(first.answer()).isEqualTo("hi|end 0 REQUEST_COMPLETE");
            assertThat(first.events.take()).isEqualTo("closed");
        }
        assertThat(first.cause).hasMessageContaining("no request is under way").isSameAs(known.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {STDOUT_HI, "01", "48"})
    void anythingThatComesWhileNothingWasAskedEndsTheLink(String rubbish) throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = acceptAndRead()) {
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump((STDOUT_HI + END_OK).replace(" ", ""))));
            assertThat(events.answer()).isEqualTo("hi|end 0 REQUEST_COMPLETE");
            assertThat(loop.submit(link::fault).get()).isNull();
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(rubbish.replace(" ", ""))));
            assertThat(events.events.take()).isEqualTo("closed");
            assertThat(events.cause).isInstanceOf(FastCgiException.class).isSameAs(link.fault());
        }
    }

    @Test
    void aLateAnswerIsNotTakenForThatOfTheNextRequest() throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = acceptAndRead()) {
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(END_OK.replace(" ", ""))));
            assertThat(events.answer()).isEqualTo("|end 0 REQUEST_COMPLETE");
            loop.submit(() -> {
                        link.begin(2, Role.RESPONDER, true, Params.of(Map.of("A", "1")));
                        link.flush();
                    })
                    .get();
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump(STDOUT_HI.replace(" ", ""))));
            assertThat(events.events.take()).isEqualTo("closed");
            assertThat(events.cause).hasMessageContaining("STDOUT for request 1 from the worker; the request has id 2");
        }
    }

    @Test
    void paddingThatIsStillToComeIsKnown() throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = acceptAndRead()) {
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump("01030001000801000000000000000000")));
            assertThat(events.answer()).isEqualTo("|end 0 REQUEST_COMPLETE");
            assertThat(loop.submit(link::isAtBoundary).get()).isFalse();
        }
    }

    @Test
    void anAnswerBeforeTheBodyWasReadIsNotLost() throws Exception {
        WorkerLink link = begin();
        try (SocketChannel accepted = worker.accept()) {
            loop.submit(() -> link.pauseReading(true)).get();
            accepted.write(ByteBuffer.wrap(ByteBufUtil.decodeHexDump((STDOUT_HI + END_OK).replace(" ", ""))));
        }
        loop.submit(() -> {
                    link.body(RecordType.STDIN, Unpooled.wrappedBuffer(new byte[100_000]));
                    link.flush();
                    link.body(RecordType.STDIN, Unpooled.wrappedBuffer(new byte[100_000]));
                    link.flush();
                    link.pauseReading(false);
                })
                .get();
        assertThat(events.answer()).isEqualTo("hi|end 0 REQUEST_COMPLETE");
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL_UNIX", "NIO_UNIX"})
    void aMissingWorkerIsTold(Sockets sockets) throws Exception {
        EventLoopGroup own = sockets.transport().newGroup(1, Thread::new);
        EventLoop on = own.next();
        WorkerLink link = on.submit(
                        () -> WorkerLink.connect(sockets.transport(), on, directory.resolve("nobody.sock"), events))
                .get();
        on.submit(() -> {
                    if (link.isOpen()) {
                        link.begin(Role.RESPONDER, true, Params.of(Map.of()));
                        link.flush();
                    }
                })
                .get();
        assertThat(events.events.take()).isEqualTo("closed");
        assertThat(events.cause).isInstanceOf(IOException.class);
        own.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
        assertThat(events.events).isEmpty();
    }

    @Test
    void whatTheOwnerClosesIsSilent() throws Exception {
        WorkerLink link = begin();
        close(loop, link);
        loop.submit(() -> {
                    link.body(RecordType.STDIN, Unpooled.copiedBuffer("dropped", StandardCharsets.UTF_8));
                    link.bodyEnd(RecordType.STDIN);
                    link.abort();
                    link.flush();
                })
                .get();
        assertThat(events.events).doesNotContain("closed");
    }

    @Test
    void oneRequestAtATime() throws Exception {
        WorkerLink link = begin();
        assertThatThrownBy(() -> loop.submit(() -> link.begin(Role.RESPONDER, true, Params.of(Map.of())))
                        .get())
                .hasRootCauseInstanceOf(IllegalStateException.class);
        close(loop, link);
        assertThatThrownBy(() -> WorkerLink.connect(transport, loop, socket(), events))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPathThroughADescriptorIsTakenAsItIs() throws Exception {
        Path deep = Path.of("/proc/self/root" + socket());
        WorkerLink link = loop.submit(() -> WorkerLink.connect(transport, loop, deep, events))
                .get();
        assertThat(events.events.take()).isEqualTo("connected");
        close(loop, link);
    }

    /** Reads the request, too: a socket closed with bytes unread resets its peer. */
    private SocketChannel acceptAndRead() throws IOException {
        SocketChannel accepted = worker.accept();
        ByteBuffer request = ByteBuffer.allocate(REQUEST_LENGTH);
        while (request.hasRemaining()) {
            accepted.read(request);
        }
        return accepted;
    }

    private WorkerLink begin() throws Exception {
        WorkerLink link = loop.submit(() -> WorkerLink.connect(transport, loop, socket(), events))
                .get();
        loop.submit(() -> {
                    link.begin(Role.RESPONDER, true, Params.of(Map.of("A", "b")));
                    link.flush();
                })
                .get();
        return link;
    }

    static void request(EventLoop on, WorkerLink link, boolean keep, Map<String, String> params, String body)
            throws Exception {
        on.submit(() -> {
                    link.begin(Role.RESPONDER, keep, Params.of(params));
                    link.body(RecordType.STDIN, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
                    link.bodyEnd(RecordType.STDIN);
                    link.flush();
                })
                .get();
    }

    private static void close(EventLoop on, WorkerLink link) throws Exception {
        on.submit(link::close).get();
    }
}
