// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.fastcgi.transport.Transport;
import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.process.LaunchException;
import dev.hatter.process.LaunchFault;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.Launcher;
import dev.hatter.process.UserEntry;
import dev.hatter.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a pool's configurations, one after the other. The pools are ondemand, so no worker is ever started. */
@Timeout(30)
class PoolLifeTest {
    @TempDir
    Path directory;

    private final SlowLauncher launcher = new SlowLauncher();

    /** Of refusals, by any pool; empty for the end of one. */
    private final List<Optional<String>> told = new CopyOnWriteArrayList<>();

    private Path socket;
    private House house;
    private PoolLife life;

    /** A fake: finds no fault, but only when it's let go on; starts nothing. */
    private static final class SlowLauncher implements Launcher {
        private final AtomicInteger checks = new AtomicInteger();
        private final CountDownLatch checking = new CountDownLatch(1);
        private volatile CountDownLatch goOn = new CountDownLatch(0);

        private final Queue<Optional<Integer>> priorities = new ConcurrentLinkedQueue<>();
        private final Set<Optional<Integer>> forbidden = ConcurrentHashMap.newKeySet();

        @Override
        public List<LaunchFault> check(LaunchSpec spec) {
            Optional<Integer> priority = Optional.ofNullable(spec.limits().priority());
            priorities.add(priority);
            if (forbidden.contains(priority)) {
                return List.of(new LaunchFault(LaunchFault.Part.PRIORITY, "that needs CAP_SYS_NICE"));
            }
            checks.incrementAndGet();
            checking.countDown();
            try {
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of();
        }

        @Override
        public Optional<UserEntry> user(String name) {
            return Optional.empty();
        }

        @Override
        public WorkerProcess launch(LaunchSpec spec) throws LaunchException {
            throw new LaunchException("this launcher starts nothing");
        }
    }

    @BeforeEach
    void open() {
        socket = directory.resolve("front.sock");
        house = new House(Transport.best(), directory.resolve("run"), House.IDLE);
        life = life("www");
    }

    @AfterEach
    void closeAndLookForWhatIsLeft() throws IOException {
        life.end();
        house.close();
        try (Stream<Path> sockets = Files.list(directory)) {
            assertThat(sockets).containsExactly(directory.resolve("run"));
        }
    }

    private PoolLife life(String name) {
        return new PoolLife(name, house, launcher, () -> null, reason -> told.add(Optional.ofNullable(reason)));
    }

    private Map<String, Object> configuration(String... keysAndValues) {
        Map<String, Object> configuration = new HashMap<>(
                Map.of("listen", socket.toString(), "pm", "ondemand", "pm.max_children", "2", "command", "/bin/true"));
        if (house.manager().root()) {
            configuration.put("user", "nobody");
        }
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configuration.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return configuration;
    }

    private PoolSnapshot snapshot() throws Exception {
        return life.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void holdUp() {
        launcher.goOn = new CountDownLatch(1);
    }

    private void awaitState(PoolLife pool, PoolState state) {
        await().until(() -> pool.state() == state);
    }

    @Test
    void aPoolThatTakesLongToStartHoldsUpNobody() throws Exception {
        holdUp();
        life.configure(configuration());
        assertThat(life.state()).isEqualTo(PoolState.STARTING);
        assertThat(snapshot().state()).isEqualTo(PoolState.STARTING);
        assertThat(snapshot().refused()).isNull();
        launcher.goOn.countDown();
        awaitState(life, PoolState.ACTIVE);
        assertThat(socket).exists();
        assertThat(snapshot().listen()).isEqualTo(socket.toString());
    }

    @Test
    void anEditWhileItStartsComesAfterTheStart() throws Exception {
        holdUp();
        life.configure(configuration());
        assertThat(launcher.checking.await(10, TimeUnit.SECONDS)).isTrue();
        Path other = directory.resolve("other.sock");
        life.configure(configuration("listen", other.toString()));
        launcher.goOn.countDown();
        await().until(() -> Files.exists(other) && Files.notExists(socket));
        assertThat(snapshot().listen()).isEqualTo(other.toString());
    }

    @Test
    void theAddressIsFreeWhenItHasLeftAlsoInTheMiddleOfItsStart() throws Exception {
        holdUp();
        life.configure(configuration());
        assertThat(launcher.checking.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> left = CompletableFuture.runAsync(life::leave);
        launcher.goOn.countDown();
        left.get(10, TimeUnit.SECONDS);
        assertThat(socket).doesNotExist();
        PoolLife next = life("next");
        next.configure(configuration());
        awaitState(next, PoolState.ACTIVE);
        next.leave();
    }

    @Test
    void whatCameBeforeTheEndIsNotStartedAfterIt() throws Exception {
        holdUp();
        PoolLife[] others = new PoolLife[8];
        for (int i = 0; i < others.length; i++) {
            others[i] = life("other" + i);
            others[i].configure(
                    configuration("listen", directory.resolve(i + ".sock").toString()));
        }
        life.configure(configuration()); // every thread for it is busy
        life.leave();
        launcher.goOn.countDown();
        for (PoolLife other : others) {
            awaitState(other, PoolState.ACTIVE);
            other.leave();
        }
        PoolLife last = life("last");
        last.configure(configuration("listen", directory.resolve("last.sock").toString()));
        awaitState(last, PoolState.ACTIVE);
        last.leave();
        assertThat(launcher.checks).hasValue(others.length + 1);
        assertThat(socket).doesNotExist();
    }

    @Test
    void ofTwoWithTheSameAddressOneRunsAndTheOtherSaysWhyNot() throws Exception {
        PoolLife other = life("other");
        life.configure(configuration());
        other.configure(configuration());
        await().until(() -> life.state() != PoolState.STARTING && other.state() != PoolState.STARTING);
        assertThat(List.of(life.state(), other.state())).containsExactlyInAnyOrder(PoolState.ACTIVE, PoolState.REFUSED);
        PoolLife refused = life.state() == PoolState.REFUSED ? life : other;
        assertThat(refused.snapshot().toCompletableFuture().join().refused())
                .contains("listen = \"" + socket + "\"", "already listens");
        other.leave();
    }

    @Test
    void anotherPriorityForAllPoolsReachesThoseThatSetNone() throws Exception {
        PoolLife own = life("own");
        own.configure(configuration("listen", directory.resolve("own.sock").toString(), "process.priority", "7"));
        awaitState(own, PoolState.ACTIVE);
        life.configure(configuration());
        awaitState(life, PoolState.ACTIVE);
        launcher.priorities.clear();
        house.apply(priority(3));
        await().until(() -> snapshot().refused() != null); // this launcher has no worker to prove it by
        assertThat(launcher.priorities).containsExactly(Optional.of(3));
        launcher.forbidden.add(Optional.of(-3));
        house.apply(priority(-3));
        await().untilAsserted(
                        () -> assertThat(snapshot().refused()).contains("process.priority = \"-3\"", "CAP_SYS_NICE"));
        assertThat(life.state()).isEqualTo(PoolState.ACTIVE);
        house.apply(HouseSettings.DEFAULTS);
        await().until(() -> snapshot().refused() == null);
        own.leave();
    }

    private static HouseSettings priority(int priority) throws Exception {
        return HouseSettings.parse(Map.of("process.priority", Integer.toString(priority)));
    }

    @Test
    void aRefusedPoolStartsOnceItIsMended() throws Exception {
        life.configure(configuration("pm.max_children", "none"));
        awaitState(life, PoolState.REFUSED);
        assertThat(snapshot().refused()).contains("pm.max_children");
        await().until(() -> Files.exists(directory.resolve("run/pools/www")));
        assertThat(directory.resolve("run/pools/www")).content().startsWith("refused: ");
        life.configure(configuration());
        awaitState(life, PoolState.ACTIVE);
        assertThat(snapshot().refused()).isNull();
        life.configure(configuration("pm", "sometimes"));
        await().until(() -> snapshot().refused() != null);
        assertThat(life.state()).isEqualTo(PoolState.ACTIVE);
    }

    @Test
    void itIsToldOfEachRefusalAndOfItsEndAndOfNothingElse() {
        life.configure(configuration("pm.max_children", "none"));
        life.configure(configuration());
        life.configure(configuration("pm.max_children", "3"));
        life.configure(configuration("pm", "sometimes"));
        life.configure(configuration("pm.max_children", "3"));
        await().until(() -> told.size() == 4);
        assertThat(told.get(0)).hasValueSatisfying(reason -> assertThat(reason).contains("pm.max_children"));
        assertThat(told.get(1)).isEmpty();
        assertThat(told.get(2)).hasValueSatisfying(reason -> assertThat(reason).contains("pm = \"sometimes\""));
        assertThat(told.get(3)).isEmpty();
    }
}
