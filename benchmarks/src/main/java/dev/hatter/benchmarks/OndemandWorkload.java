// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first request to a pool without a worker, next to the start of php-cgi itself. */
final class OndemandWorkload implements Workload {
    private static final List<String> CONTESTANTS =
            List.of(Contestant.PHP_CGI, Contestant.HATTER, Contestant.OTHER, Contestant.OTHER_BESIDE, Contestant.FPM);

    private final Arena arena;
    private final Times times;
    private final Map<String, Backend> backends = new HashMap<>();
    private final Map<String, String> params;

    OndemandWorkload(Arena arena, Times times) {
        this.arena = arena;
        this.times = times;
        this.params = Asking.params(arena.site(), "/pid.php");
    }

    @Override
    public String name() {
        return "ondemand-first";
    }

    @Override
    public String title() {
        return "from the first request to its answer with no worker running; php-cgi: from its start to its first answer";
    }

    @Override
    public List<String> contestants() {
        return CONTESTANTS.stream()
                .filter(name -> name.equals(Contestant.PHP_CGI) ? arena.wants(name) : arena.has(name))
                .toList();
    }

    @Override
    public void prepare(String contestant) {
        if (contestant.equals(Contestant.PHP_CGI)) {
            return;
        }
        Backend listen = arena.socket("ondemand" + Integer.toHexString(contestant.hashCode()));
        List<Server.Pool> pools = List.of(
                Server.Pool.of("ondemand", listen, 1).with("pm", "ondemand").with("pm.process_idle_timeout", "1s"));
        arena.adopt(
                contestant.equals(Contestant.FPM)
                        ? new FpmServer(arena.php(), pools)
                        : new HatterServer("ondemand", arena.home(contestant), arena.php(), pools));
        backends.put(contestant, listen);
        awake(contestant);
    }

    @Override
    public Sample run(String contestant) {
        double[] millis = new double[times.starts()];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = contestant.equals(Contestant.PHP_CGI) ? start() : awake(contestant);
        }
        Arrays.sort(millis);
        return new Sample().with(Figure.P50, millis[millis.length / 2]).with(Figure.P99, millis[millis.length - 1]);
    }

    /** Milliseconds until a pool without a worker has answered; then waits until it has none again. */
    private double awake(String contestant) {
        long begin = System.nanoTime();
        try (FastCgi client = new FastCgi(backends.get(contestant))) {
            long pid = Long.parseLong(Asking.ask(client, params));
            double millis = (System.nanoTime() - begin) / 1e6;
            client.close();
            await().atMost(Duration.ofSeconds(15))
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            return millis;
        } catch (IOException e) {
            throw new UncheckedIOException(contestant, e);
        }
    }

    /** Milliseconds from the start of php-cgi to its first answer. */
    private double start() {
        Backend.Unix listen = arena.socket("start");
        long begin = System.nanoTime();
        try (DirectPhp php = DirectPhp.start(arena.php(), listen)) {
            try (FastCgi client = connect(listen)) {
                Asking.ask(client, params);
            }
            return (System.nanoTime() - begin) / 1e6;
        } catch (IOException e) {
            throw new UncheckedIOException("php-cgi", e);
        } finally {
            delete(listen);
        }
    }

    /** php-cgi makes its socket when it is ready to accept. */
    private static FastCgi connect(Backend.Unix listen) {
        while (true) {
            try {
                return new FastCgi(listen);
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void delete(Backend.Unix socket) {
        try {
            Files.deleteIfExists(socket.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
