// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Appearances;
import dev.hatter.itests.containers.inside.Clients;
import dev.hatter.itests.containers.inside.Components;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.FakeConfinementBundle;
import dev.hatter.itests.containers.inside.Orders;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Client;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A pool with {@code apparmor_hat} is there with the confinement service and never without; others don't notice. */
@ExtendWith(InContainer.class)
public class ConfinementIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HAT = "apparmor_hat";

    @Test
    public void comesAndGoesWithTheService(BundleContext context) {
        withFake(context, fake -> {
            Container container = new Container(context);
            try (TestPool pool = hatted(container);
                    Appearances appearances = new Appearances(container, pool)) {
                pool.configure();
                awaitRefusal(container, pool);
                assertThat(appearances.count()).isZero();
                for (int round = 1; round <= 2; round++) {
                    fake.register();
                    awaitConfined(pool);
                    fake.unregister();
                    awaitRefusal(container, pool);
                    assertThat(appearances.count()).isEqualTo(round);
                }
            }
        });
    }

    @Test
    public void clientsAreServedAgainWhenTheServiceComesBack(BundleContext context) {
        withFake(context, fake -> {
            Container container = new Container(context);
            fake.register();
            try (TestPool pool = hatted(container)) {
                pool.configure().awaitState("ACTIVE");
                try (Clients clients = Clients.start(pool)) {
                    fake.unregister();
                    awaitRefusal(container, pool);
                    fake.register();
                    clients.awaitMore(20);
                    awaitConfined(pool);
                }
            }
        });
    }

    @Test
    public void aServiceOfAnotherKindWontDo(BundleContext context) {
        Container container = new Container(context);
        container.stop("dev.hatter.apparmor");
        try (FakeConfinementBundle other = FakeConfinementBundle.install(container, "another");
                TestPool pool = hatted(container);
                Appearances appearances = new Appearances(container, pool)) {
            other.register();
            pool.configure();
            awaitRefusal(container, pool);
            assertThat(appearances.count()).isZero();
        } finally {
            container.start("dev.hatter.apparmor");
        }
    }

    @Test
    public void poolsWithoutAHatDoNotNotice(BundleContext context) {
        withFake(context, fake -> {
            Container container = new Container(context);
            try (TestPool other = TestPool.started(container);
                    TestPool pool = hatted(container)) {
                List<ProcessHandle> workers = other.workers();
                ServiceReference<?> service = other.service();
                try (Client client = Client.start(other.listen(), 4)) {
                    pool.configure();
                    awaitRefusal(container, pool);
                    fake.register();
                    awaitConfined(pool);
                    fake.unregister();
                    awaitRefusal(container, pool);
                    client.awaitMore(100);
                }
                assertThat(other.service()).isEqualTo(service);
                assertThat(other.workers())
                        .as("the same processes")
                        .isEqualTo(workers)
                        .noneMatch(FakeConfinementBundle::isWornBy);
            }
        });
    }

    @Test
    public void aRunningPoolPutsAHatOnAndOff(BundleContext context) {
        withFake(context, fake -> {
            fake.register();
            try (TestPool pool = TestPool.started(new Container(context));
                    Client client = Client.start(pool.listen(), 4)) {
                pool.with(HAT, FakeConfinementBundle.HAT).configure();
                await("hats").atMost(SOON).until(() -> wear(pool, true));
                client.awaitMore(100);
                pool.without(HAT).configure();
                await("no hats").atMost(SOON).until(() -> wear(pool, false));
                client.awaitMore(100);
            }
        });
    }

    @Test
    public void aRunningPoolThatAsksForAHatEndsWithoutTheService(BundleContext context) {
        withFake(context, fake -> {
            Container container = new Container(context);
            try (TestPool pool = TestPool.started(container)) {
                pool.with(HAT, FakeConfinementBundle.HAT).configure();
                awaitRefusal(container, pool);
                pool.without(HAT).configure().awaitState("ACTIVE");
                pool.get();
                assertThat(pool.workers()).noneMatch(FakeConfinementBundle::isWornBy);
            }
        });
    }

    @Test
    public void aHatThatThereIsNotIsRefused(BundleContext context) {
        withFake(context, fake -> {
            fake.register();
            try (TestPool pool =
                    TestPool.on(new Container(context), Backend.tcp()).with(HAT, "other")) {
                pool.configure().awaitState("REFUSED");
                assertThat(pool.refused()).contains("apparmor_hat = \"other\": there is no hat but \"tenant\"");
                assertThat(pool.listens()).isFalse();
                assertThat(pool.workers()).isEmpty();
            }
        });
    }

    /** What comes last, or goes first, may be SCR, ConfigAdmin, the service or the bundle that needs it. */
    @Test
    public void theServiceMayComeAndGoAtAnyTime(BundleContext context) {
        withFake(context, fake -> {
            Container container = new Container(context);
            List<String> bundles =
                    List.of(Container.SCR, Container.CONFIG_ADMIN, FakeConfinementBundle.NAME, "dev.hatter.pool");
            fake.register();
            try (TestPool pool = hatted(container).with("pm", "ondemand")) {
                pool.configure().awaitState("ACTIVE");
                for (List<String> order : Orders.toTry(bundles)) {
                    order.forEach(container::stop);
                    pool.awaitGone();
                    order.forEach(container::start);
                    awaitConfined(pool);
                }
            }
        });
    }

    private static TestPool hatted(Container container) {
        return TestPool.on(container, Backend.tcp()).with(HAT, FakeConfinementBundle.HAT);
    }

    private static void awaitConfined(TestPool pool) {
        pool.awaitState("ACTIVE");
        pool.get();
        assertThat(wear(pool, true)).as(pool.describe()).isTrue();
    }

    private static boolean wear(TestPool pool, boolean hats) {
        List<ProcessHandle> workers = pool.workers();
        return !workers.isEmpty()
                && workers.stream().allMatch(worker -> FakeConfinementBundle.isWornBy(worker) == hats);
    }

    /** No service, no socket, no worker, and SCR says why. */
    private static void awaitRefusal(Container container, TestPool pool) {
        Components.awaitLackOfConfinement(container, pool);
        pool.awaitGone();
    }

    /** The fake is the only one, as on a kernel without AppArmor; not registered at first. */
    private static void withFake(BundleContext context, Consumer<FakeConfinementBundle> test) {
        Container container = new Container(context);
        container.stop("dev.hatter.apparmor");
        try (FakeConfinementBundle fake = FakeConfinementBundle.install(container, "apparmor")) {
            test.accept(fake);
        } finally {
            container.start("dev.hatter.apparmor");
        }
    }
}
