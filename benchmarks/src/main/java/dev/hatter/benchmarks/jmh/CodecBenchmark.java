// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks.jmh;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ParamsReader;
import dev.hatter.fastcgi.RecordDecoder;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The codec: a request of nginx's with 20 parameters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
    private final RecordDecoder decoder = new RecordDecoder();
    private final Collector collector = new Collector();
    private final ByteBuf request = Requests.request("/srv/www/hello.php");
    private final ByteBuf answer = Requests.answer();
    private final ByteBuf out = Unpooled.directBuffer(1024);
    private Params params;

    @Setup
    public void setUp() throws FastCgiException {
        decoder.decode(request.duplicate(), collector);
        params = collector.params;
    }

    /** From bytes to parameters, one of which is looked up. */
    @Benchmark
    public String decodeRequest() throws FastCgiException {
        decoder.decode(request.readerIndex(0), collector);
        String script = collector.params.get("SCRIPT_FILENAME");
        collector.params.release();
        return script;
    }

    /** From parameters to bytes. */
    @Benchmark
    public ByteBuf encodeRequest() {
        out.clear();
        RecordEncoder.beginRequest(out, 1, Role.RESPONDER, true);
        RecordEncoder.params(out, 1, params);
        RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
        return out;
    }

    /** From the bytes of an answer to the events. */
    @Benchmark
    public int decodeAnswer() throws FastCgiException {
        decoder.decode(answer.readerIndex(0), collector);
        return collector.records;
    }

    /** Does with records what the front door does with them. */
    private static final class Collector implements RecordHandler {
        private ParamsReader reader;
        private Params params;
        private int type;
        private int records;

        @Override
        public void onRecord(int newType, int requestId, int contentLength) {
            type = newType;
            records++;
        }

        @Override
        public void onContent(ByteBuf in, int length) throws FastCgiException {
            if (type == RecordType.PARAMS.code()) {
                if (reader == null) {
                    reader = new ParamsReader(ByteBufAllocator.DEFAULT, FastCgi.DEFAULT_MAX_PARAMS_LENGTH);
                }
                reader.add(in, length);
            }
        }

        @Override
        public void onRecordEnd() throws FastCgiException {
            if (type == RecordType.STDIN.code()) {
                params = reader.finish();
                reader = null;
            }
        }
    }
}
