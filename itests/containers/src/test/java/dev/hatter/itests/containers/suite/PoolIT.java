// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.Refusals;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Client;
import dev.hatter.itests.peers.harness.Scratch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** A pool comes, changes and goes with its configuration. */
@ExtendWith(InContainer.class)
public class PoolIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    public void appearsWithItsConfigurationAndVanishesWithIt(BundleContext context) {
        TestPool pool = TestPool.started(new Container(context));
        assertThat(pool.service().getProperty("pm")).isEqualTo("static");
        assertThat(pool.get()).contains("REQUEST_METHOD = GET");
        assertThat(pool.workers()).hasSize(1);
        pool.close();
    }

    @Test
    public void leavesNoSocketFile(BundleContext context) {
        try (Scratch scratch = Scratch.create()) {
            TestPool pool = TestPool.on(
                    new Container(context), new Backend.Unix(scratch.path().resolve("pool.sock")));
            pool.configure().awaitState("ACTIVE");
            pool.get();
            pool.close();
            assertThat(scratch.path()).isEmptyDirectory();
        }
    }

    @Test
    public void takesTypedValues(BundleContext context) {
        TestPool pool = TestPool.on(new Container(context), Backend.tcp())
                .with("pm.max_children", 2)
                .with("clear_env", true)
                .with("listen.backlog", 100L);
        try (pool) {
            pool.configure().awaitState("ACTIVE");
            await().atMost(SOON).until(() -> pool.workers().size() == 2);
        }
    }

    @Test
    public void reloadsWithoutALostRequest(BundleContext context) {
        try (TestPool pool = TestPool.started(new Container(context))) {
            List<ProcessHandle> before = pool.workers();
            try (Client client = Client.start(pool.listen(), 4)) {
                pool.with("env[COLOUR]", "green").with("pm.max_children", "2").configure();
                await().atMost(SOON)
                        .until(() ->
                                pool.workers().size() == 2 && before.stream().noneMatch(ProcessHandle::isAlive));
                client.awaitMore(50);
            }
        }
    }

    @Test
    public void runsOnWhenAChangeHasAFault(BundleContext context) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.started(container)) {
            List<ProcessHandle> before = pool.workers();
            pool.with("pm.max_children", "many").configure();
            await().atMost(SOON).until(() -> pool.refused().contains("pm.max_children = \"many\""));
            Refusals.awaitOne(container, pool, "pm.max_children = \"many\"");
            assertThat(pool.state()).isEqualTo("ACTIVE");
            assertThat(pool.workers()).isEqualTo(before);
            pool.get();
            pool.with("pm.max_children", "1").configure();
            await().atMost(SOON).until(() -> pool.refused().isEmpty());
            Refusals.awaitNone(container, pool);
        }
    }

    @Test
    public void startsOnceItsConfigurationIsMended(BundleContext context) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.on(container, Backend.tcp()).with("pm", "sttaic")) {
            pool.configure().awaitState("REFUSED");
            assertThat(pool.refused()).contains("pm = \"sttaic\"");
            assertThat(pool.listens()).isFalse();
            Refusals.awaitOne(container, pool, "pm = \"sttaic\"");
            pool.with("pm", "static").configure().awaitState("ACTIVE");
            pool.get();
            Refusals.awaitNone(container, pool);
        }
    }

    @Test
    public void aRefusedPoolLeavesNothing(BundleContext context) {
        Container container = new Container(context);
        TestPool pool = TestPool.on(container, Backend.tcp()).with("pm", "sttaic");
        pool.configure();
        Refusals.awaitOne(container, pool, "pm = \"sttaic\"");
        pool.close();
        Refusals.awaitNone(container, pool);
    }

    @Test
    public void isRefusedWithAnArray(BundleContext context) {
        try (TestPool pool = TestPool.on(new Container(context), Backend.tcp())) {
            pool.with("pm.max_children", new String[] {"1"}).configure().awaitState("REFUSED");
            assertThat(pool.refused()).contains("pm.max_children = [1]: must be one value");
        }
    }
}
