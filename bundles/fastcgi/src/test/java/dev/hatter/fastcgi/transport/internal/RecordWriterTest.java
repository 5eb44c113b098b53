// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Records;
import dev.hatter.fastcgi.Records.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out for what is written. The channel is Netty's fake: it keeps the buffers that a socket would send. */
class RecordWriterTest {
    private static final int PIECE = 8192;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final RecordWriter writer = new RecordWriter(channel.pipeline().firstContext());
    private final List<ByteBuf> given = new ArrayList<>();
    private final Records records = new Records();
    private final RecordDecoder decoder = new RecordDecoder();
    private int buffers;

    @AfterEach
    void nothingIsLeftInHand() {
        writer.release();
        channel.finishAndReleaseAll();
        assertThat(given).allMatch(content -> content.refCnt() == 0);
    }

    @Test
    void whatAStreamBringsBeforeAFlushIsOneRecord() throws Exception {
        for (int i = 0; i < 7; i++) {
            stream(RecordType.STDIN, 1, PIECE);
        }
        assertThat(flushed()).containsExactly("STDIN 1 57344");
        stream(RecordType.STDIN, 1, PIECE);
        assertThat(flushed()).containsExactly("STDIN 1 8192");
    }

    @Test
    void longPiecesAreNotCopied() {
        ByteBuf content = given(PIECE);
        writer.stream(RecordType.STDIN, 1, content);
        stream(RecordType.STDIN, 1, 10);
        writer.flush();
        channel.<ByteBuf>readOutbound().release();
        ByteBuf sent = channel.readOutbound();
        assertThat(sent).isSameAs(content);
        sent.release();
    }

    @Test
    void shortOnesLeaveInOneBuffer() throws Exception {
        for (int i = 0; i < 100; i++) {
            stream(RecordType.STDOUT, 1, 100);
        }
        RecordEncoder.endRequest(writer.room(16), 1, 0, ProtocolStatus.REQUEST_COMPLETE);
        assertThat(flushed()).containsExactly("STDOUT 1 10000", "END_REQUEST 1 8");
        assertThat(buffers).isEqualTo(1);
    }

    @Test
    void anotherStreamAnotherRequestAndAnotherRecordComeInTheirOrder() throws Exception {
        stream(RecordType.STDOUT, 1, 600);
        stream(RecordType.STDERR, 1, 10);
        stream(RecordType.STDOUT, 1, 20);
        stream(RecordType.STDOUT, 2, 700);
        stream(RecordType.STDOUT, 1, 30);
        RecordEncoder.endOfStream(writer.room(FastCgi.HEADER_LENGTH), RecordType.STDOUT, 1);
        stream(RecordType.STDOUT, 2, 800);
        writer.raw(Unpooled.wrappedBuffer(new byte[] {1, 7, 0, 1, 0, 0, 0, 0}));
        assertThat(flushed())
                .containsExactly(
                        "STDOUT 1 600",
                        "STDERR 1 10",
                        "STDOUT 1 20",
                        "STDOUT 2 700",
                        "STDOUT 1 30",
                        "STDOUT 1 0",
                        "STDOUT 2 800",
                        "STDERR 1 0");
    }

    /** Without, HAProxy 2.6 ends by a segmentation fault. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 511, 600, 65_535})
    void stderrIsPadded(int length) {
        stream(RecordType.STDERR, 1, length);
        writer.flush();
        ByteBuf out = Unpooled.buffer();
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            out.writeBytes(sent);
            sent.release();
        }
        assertThat(out.getUnsignedShort(4)).isEqualTo(length);
        assertThat((int) out.getUnsignedByte(6)).isBetween(1, 8);
        assertThat(out.readableBytes()).isEqualTo(FastCgi.HEADER_LENGTH + length + out.getUnsignedByte(6));
        assertThat((length + out.getUnsignedByte(6)) % 8).isZero();
        out.release();
    }

    @Test
    void whatDoesNotFitTheRecordBeginsTheNext() throws Exception {
        for (int i = 0; i < 8; i++) {
            stream(RecordType.STDIN, 1, PIECE);
        }
        assertThat(flushed()).containsExactly("STDIN 1 57344", "STDIN 1 8192");
        stream(RecordType.STDIN, 1, 1);
        stream(RecordType.STDIN, 1, 65_534);
        assertThat(flushed()).containsExactly("STDIN 1 65535");
        stream(RecordType.STDIN, 1, 3);
        stream(RecordType.STDIN, 1, 65_535 + 4);
        stream(RecordType.STDIN, 1, 0);
        assertThat(flushed()).containsExactly("STDIN 1 3", "STDIN 1 65535", "STDIN 1 4");
    }

    @Test
    void theLastFlushSendsWhatIsOpen() throws Exception {
        stream(RecordType.STDOUT, 1, PIECE);
        stream(RecordType.STDOUT, 1, PIECE);
        assertThat(writer.held()).isEqualTo(2 * PIECE);
        assertThat(writer.flushed().isSuccess()).isTrue();
        assertThat(writer.held()).isZero();
        assertThat(sent()).containsExactly("STDOUT 1 16384");
    }

    @Test
    void aClosedChannelTakesItAndKeepsNothing() {
        channel.close();
        stream(RecordType.STDOUT, 1, PIECE);
        writer.flush();
        assertThat(given.get(0).refCnt()).isZero();
    }

    @Test
    void anyMixOfPiecesKeepsEachStream() throws Exception {
        Random random = new Random(20261127);
        Map<String, ByteArrayOutputStream> written = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            RecordType type = random.nextInt(4) == 0 ? RecordType.STDERR : RecordType.STDOUT;
            int id = 1 + random.nextInt(2);
            byte[] bytes = new byte[random.nextInt(50) == 0 ? random.nextInt(200_000) : random.nextInt(700)];
            random.nextBytes(bytes);
            written.computeIfAbsent(type + " " + id, any -> new ByteArrayOutputStream())
                    .writeBytes(bytes);
            writer.stream(type, id, given(bytes));
            if (random.nextInt(8) == 0) {
                writer.flush();
                decode();
            }
        }
        writer.flush();
        decode();
        Map<String, ByteArrayOutputStream> read = new TreeMap<>();
        for (Found found : records.found()) {
            read.computeIfAbsent(found.known() + " " + found.id(), any -> new ByteArrayOutputStream())
                    .writeBytes(found.content());
        }
        assertThat(read.keySet()).isEqualTo(written.keySet());
        read.forEach((stream, bytes) ->
                assertThat(bytes.toByteArray()).isEqualTo(written.get(stream).toByteArray()));
    }

    private void stream(RecordType type, int id, int length) {
        writer.stream(type, id, given(length));
    }

    private ByteBuf given(int length) {
        return given(new byte[length]);
    }

    private ByteBuf given(byte[] bytes) {
        ByteBuf content =
                channel.alloc().directBuffer(Math.max(bytes.length, 1)).writeBytes(bytes);
        given.add(content);
        return content;
    }

    private List<String> flushed() throws FastCgiException {
        writer.flush();
        return sent();
    }

    private List<String> sent() throws FastCgiException {
        records.found().clear();
        buffers = 0;
        decode();
        return records.found().stream()
                .map(found -> found.known() + " " + found.id() + " " + found.content().length)
                .toList();
    }

    private void decode() throws FastCgiException {
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            decoder.decode(out, records);
            out.release();
            buffers++;
        }
    }
}
