// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * More requests than the workers can serve, from clients that don't wait for long; then a few of them, to see whether they
 * are served again; then some that nobody waits for. The length of the queue is each program's default, or half a second's.
 */
final class OverloadWorkload implements Workload {
    /** Of a script that takes 20 ms eight workers can do 400. */
    private static final int TOO_MANY = 900;

    private static final int ORDINARY = 200;
    private static final int FEW = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(10);

    private final Arena arena;
    private final Times times;

    OverloadWorkload(Arena arena, Times times) {
        this.arena = arena;
        this.times = times;
    }

    @Override
    public String name() {
        return "overload";
    }

    @Override
    public String title() {
        return "%d requests a second where 400 are possible, from clients that leave after %d s"
                .formatted(TOO_MANY, PATIENCE.toSeconds());
    }

    @Override
    public List<String> contestants() {
        return Stream.of(
                        Contestant.HATTER,
                        Contestant.HATTER + Contestant.SHORT_QUEUE,
                        Contestant.OTHER,
                        Contestant.OTHER_BESIDE,
                        Contestant.FPM,
                        Contestant.FPM + Contestant.SHORT_QUEUE)
                .filter(arena::wants)
                .toList();
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public void prepare(String contestant) {
        // each run starts from nothing
    }

    @Override
    public Sample run(String contestant) {
        Backend.Unix listen = arena.socket("overload");
        try (Server server = start(contestant, listen);
                Crowd crowd = new Crowd(listen, Asking.params(arena.site(), "/nap.php"), PATIENCE)) {
            crowd.come(ORDINARY, WARM_UP);
            Crowd.Outcome during = crowd.come(TOO_MANY, Duration.ofSeconds(times.overloadSeconds()));
            Crowd.Outcome after = crowd.come(FEW, AFTER);
            return new Sample()
                    .with(Figure.ASKED, during.perSecond(during.asked()))
                    .with(Figure.IN_TIME, during.perSecond(during.inTime()))
                    .with(Figure.TURNED_AWAY, during.perSecond(during.turnedAway()))
                    .with(Figure.LEFT, during.perSecond(during.left()))
                    .with(Figure.ASKED_AFTER, after.perSecond(after.asked()))
                    .with(Figure.IN_TIME_AFTER, after.perSecond(after.inTime()))
                    .with(Figure.ABANDONED_RUN, new Abandoned(arena.site(), listen).run());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Server start(String contestant, Backend.Unix listen) {
        Server.Pool pool = Server.Pool.of("overload", listen, Arena.WORKERS);
        List<Server.Pool> pools = List.of(
                contestant.endsWith(Contestant.SHORT_QUEUE)
                        ? pool.with("listen.backlog", "200")
                        : pool.without("listen.backlog"));
        return contestant.startsWith(Contestant.FPM)
                ? new FpmServer(arena.php(), pools)
                : new HatterServer("overload", arena.home(contestant), arena.php(), pools);
    }
}
