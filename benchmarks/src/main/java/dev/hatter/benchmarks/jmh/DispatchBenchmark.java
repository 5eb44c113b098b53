// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks.jmh;

import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.transport.FrontSettings;
import dev.hatter.fastcgi.transport.LinkListener;
import dev.hatter.fastcgi.transport.ListenAddress;
import dev.hatter.fastcgi.transport.WorkerLink;
import dev.hatter.fastcgi.transport.internal.Door;
import dev.hatter.pool.internal.request.Counters;
import dev.hatter.pool.internal.request.Desk;
import dev.hatter.pool.internal.request.Dispatcher;
import dev.hatter.pool.internal.request.Routing;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.SettingsParser;
import dev.hatter.pool.internal.worker.LinkOpener;
import dev.hatter.pool.internal.worker.MemoryWorker;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request's whole way and its answer's, from the front door to a worker and back, on a kept connection. Client, worker and
 * what connects them are in the same JVM and counted too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx64m", "-Dio.netty.leakDetection.level=disabled"})
public class DispatchBenchmark {
    private static final int REQUESTS = 1000;
    private static final Path FRONT = Path.of("/front");
    private static final Path WORKER = Path.of("/worker");

    private final MemoryTransport transport = new MemoryTransport();
    private EventLoopGroup group;
    private EventLoop loop;
    private Path script;
    private Peers.Client client;
    private Peers.Client worker;

    @Setup
    public void setUp() throws Exception {
        script = Files.createTempFile("hello", ".php");
        group = transport.newGroup(1, task -> new Thread(task, "loop"));
        loop = group.next();
        Dispatcher dispatcher = new Dispatcher(512, new Counters());
        serve(WORKER, channel -> channel.pipeline().addLast(new Peers.Worker(Requests.answer())));
        PoolSettings settings = settings();
        loop.submit(() -> MemoryWorker.start(WORKER, settings.launch(), opener(), dispatcher))
                .sync();
        Door door = new Door(
                loop, ListenAddress.parse("127.0.0.1:9000"), FrontSettings.defaults(), desk(settings, dispatcher));
        serve(FRONT, door::accept);
        client = new Peers.Client(Requests.request(script.toString()));
        connect(client, FRONT);
        worker = new Peers.Client(Requests.request(script.toString()));
        connect(worker, WORKER);
    }

    private static PoolSettings settings() throws Exception {
        Map<String, String> keys =
                Map.of("listen", "127.0.0.1:9000", "pm", "static", "pm.max_children", "1", "command", "php-cgi");
        return SettingsParser.parse("benchmark", keys, new SettingsParser.Manager(false, Map.of(), null));
    }

    private Desk desk(PoolSettings settings, Dispatcher dispatcher) {
        Routing routing = new Routing() {
            @Override
            public Dispatcher known(Params params) {
                return dispatcher;
            }

            @Override
            public void find(Params params, Consumer<Dispatcher> found) {
                found.accept(dispatcher);
            }

            @Override
            public void onConnectionShared() {
                dispatcher.onConnectionShared();
            }
        };
        return new Desk("benchmark", () -> settings, routing, new Counters(), loop, Runnable::run);
    }

    private LinkOpener opener() {
        return new LinkOpener() {
            @Override
            public WorkerLink open(Path socket, LinkListener listener) {
                return WorkerLink.connect(transport, loop, socket, listener);
            }

            @Override
            public long nowNanos() {
                return System.nanoTime();
            }

            @Override
            public void later(Runnable task, long delayMillis) {
                loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
            }
        };
    }

    private void serve(Path path, Consumer<Channel> accept) throws InterruptedException {
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept.accept(channel);
                    }
                })
                .bind(transport.unixAddress(path))
                .sync();
    }

    private void connect(ChannelHandler handler, Path path) throws InterruptedException {
        new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(handler)
                .connect(transport.unixAddress(path))
                .sync();
    }

    @TearDown
    public void tearDown() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        Files.delete(script);
    }

    /** By way of Hatter. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void request() throws InterruptedException {
        client.ask(REQUESTS);
    }

    /** The client asks the worker itself: what has to be subtracted. */
    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void withoutHatter() throws InterruptedException {
        worker.ask(REQUESTS);
    }
}
