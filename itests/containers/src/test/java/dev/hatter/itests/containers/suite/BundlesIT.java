// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Clients;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.TestPool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Our bundles, and those that they live by, are stopped, started, updated and refreshed one by one while clients ask. What
 * is answered is answered whole, and what comes back serves again.
 */
@ExtendWith(InContainer.class)
public class BundlesIT {
    @Test
    public void poolStopsAndStarts(BundleContext context) {
        stopAndStart(context, "dev.hatter.pool");
    }

    @Test
    public void fastcgiStopsAndStarts(BundleContext context) {
        stopAndStart(context, "dev.hatter.fastcgi");
    }

    @Test
    public void processStopsAndStarts(BundleContext context) {
        stopAndStart(context, "dev.hatter.process");
    }

    @Test
    public void scrStopsAndStarts(BundleContext context) {
        stopAndStart(context, Container.SCR);
    }

    /** Without that bundle there is no pool, no worker and no socket. */
    private static void stopAndStart(BundleContext context, String name) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container);
                Clients clients = Clients.start(pool)) {
            container.stop(name);
            try {
                pool.awaitGone();
            } finally {
                container.start(name);
            }
            pool.awaitState("ACTIVE");
            clients.awaitMore(20);
        }
    }

    @Test
    public void runsOnWhileConfigAdminIsAway(BundleContext context) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container)) {
            List<ProcessHandle> before = pool.workers();
            container.stop(Container.CONFIG_ADMIN);
            pool.get();
            container.start(Container.CONFIG_ADMIN);
            pool.awaitState("ACTIVE");
            pool.get();
            assertThat(pool.workers()).isEqualTo(before);
        }
    }

    @Test
    public void poolIsUpdated(BundleContext context) {
        update(context, "dev.hatter.pool");
    }

    @Test
    public void fastcgiIsUpdated(BundleContext context) {
        update(context, "dev.hatter.fastcgi");
    }

    @Test
    public void processIsUpdated(BundleContext context) {
        update(context, "dev.hatter.process");
    }

    @Test
    public void jnrIsUpdated(BundleContext context) {
        update(context, "dev.hatter.jnr");
    }

    /** An update and the refresh that follows: new classes, new workers. */
    private static void update(BundleContext context, String name) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container);
                Clients clients = Clients.start(pool)) {
            List<ProcessHandle> before = pool.workers();
            container.update(name);
            container.refresh(null);
            pool.awaitState("ACTIVE");
            clients.awaitMore(20);
            await("new workers alone")
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(pool.workers())
                            .as(pool.describe())
                            .hasSize(1)
                            .doesNotContainAnyElementsOf(before));
        }
    }

    @Test
    public void allAreRefreshedAtOnce(BundleContext context) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container);
                Clients clients = Clients.start(pool)) {
            Set<Bundle> ours =
                    Set.copyOf(Container.OURS.stream().map(container::bundle).toList());
            container.refresh(ours);
            pool.awaitState("ACTIVE");
            clients.awaitMore(20);
            assertThat(ours).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
        }
    }

    /** What a worker has begun is finished before it goes. */
    @Test
    public void aRequestUnderWayIsFinishedWhenPoolStops(BundleContext context) throws Exception {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container)) {
            var slow = pool.askSlowly();
            try {
                container.stop("dev.hatter.pool");
                assertThat(slow.get().status()).isEqualTo(200);
                pool.awaitGone();
            } finally {
                container.start("dev.hatter.pool");
            }
        }
    }
}
