// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Appearances;
import dev.hatter.itests.containers.inside.Components;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.Orders;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** The order in which SCR, ConfigAdmin and our bundles start and stop doesn't matter. */
@ExtendWith(InContainer.class)
public class StartOrderIT {
    private static final List<String> BUNDLES = List.of(
            Container.SCR, Container.CONFIG_ADMIN, "dev.hatter.fastcgi", "dev.hatter.process", "dev.hatter.pool");

    /**
     * Stopped in the same order as started: what others need goes first or last. In none of them a pool that asks for a hat
     * comes up without the confinement service, be it for a moment.
     */
    @Test
    public void anyOrderWillDo(BundleContext context) {
        Container container = new Container(context);
        // no worker until a request asks for one: the permutations are of bundles, not of processes
        container.stop("dev.hatter.apparmor"); // there may be AppArmor here
        try (TestPool pool = TestPool.on(container, Backend.tcp()).with("pm", "ondemand");
                TestPool confined = TestPool.on(container, Backend.tcp()).with("apparmor_hat", "tenant");
                Appearances appearances = new Appearances(container, confined)) {
            pool.configure().awaitState("ACTIVE");
            confined.configure();
            for (List<String> order : Orders.toTry(BUNDLES)) {
                order.forEach(container::stop);
                assertThat(pool.service())
                        .as("pool after the stop of %s", order)
                        .isNull();
                assertThat(pool.listens())
                        .as("socket after the stop of %s", order)
                        .isFalse();
                order.forEach(container::start);
                pool.awaitState("ACTIVE");
                Components.awaitLackOfConfinement(container, confined);
                assertThat(confined.listens())
                        .as("socket after the start of %s", order)
                        .isFalse();
                assertThat(appearances.count())
                        .as("appearances until %s", order)
                        .isZero();
            }
            pool.get();
            assertThat(confined.workers()).isEmpty();
        } finally {
            container.start("dev.hatter.apparmor");
        }
    }
}
