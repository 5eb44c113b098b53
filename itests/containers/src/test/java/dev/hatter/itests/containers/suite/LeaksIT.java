// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Clients;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.Own;
import dev.hatter.itests.containers.inside.TestPool;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** Our bundles are installed and uninstalled again and again, with a pool under load each time; nothing stays. */
@ExtendWith(InContainer.class)
public class LeaksIT {
    /** Not jnr: threads of jffi and jnr-ffi hold its class loader as long as the JVM lives; see docs/architecture.md. */
    private static final List<String> CODE = Container.OURS.stream()
            .filter(name -> !name.equals("dev.hatter.jnr"))
            .toList();

    private static final int CYCLES = 4;
    private static final Duration SOON = Duration.ofSeconds(30);

    /** The JVM holds on to the one record whose equals was used for the first time last: to this one, then. */
    private record Last(int number) {}

    @Test
    public void nothingStaysOfWhatIsUninstalled(BundleContext context) throws BundleException {
        Container container = new Container(context);
        Map<String, String> locations = new LinkedHashMap<>();
        CODE.forEach(name -> locations.put(name, container.bundle(name).getLocation()));
        work(container); // libraries start threads of their own at their first use
        uninstall(container);
        List<String> threads = Own.threads();
        int descriptors = Own.descriptors();
        Map<String, WeakReference<ClassLoader>> loaders = new TreeMap<>();
        try {
            for (int i = 0; i < CYCLES; i++) {
                install(context, container, locations);
                work(container);
                remember(container, i, loaders);
                uninstall(container);
                assertThat(Own.threads()).as("threads of ours").noneMatch(name -> name.startsWith("hatter-"));
            }
            assertThat(new Last(1)).isEqualTo(new Last(1));
            await("class loaders gone").atMost(SOON).untilAsserted(() -> {
                System.gc();
                loaders.values().removeIf(loader -> loader.get() == null);
                assertThat(loaders.keySet()).isEmpty();
            });
            await("threads")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(Own.threads())
                            .as("threads; at first %s", threads)
                            .hasSizeLessThanOrEqualTo(threads.size()));
            await("descriptors").atMost(SOON).until(() -> Own.descriptors() <= descriptors);
        } finally {
            install(context, container, locations);
        }
    }

    private static void work(Container container) {
        try (TestPool pool = TestPool.started(container);
                Clients clients = Clients.start(pool)) {
            clients.awaitMore(20);
        }
    }

    private static void remember(Container container, int cycle, Map<String, WeakReference<ClassLoader>> loaders) {
        for (String name : CODE) {
            ClassLoader loader =
                    container.bundle(name).adapt(BundleWiring.class).getClassLoader();
            loaders.put(name + " of cycle " + cycle, new WeakReference<>(loader));
        }
    }

    private static void install(BundleContext context, Container container, Map<String, String> locations)
            throws BundleException {
        for (Map.Entry<String, String> bundle : locations.entrySet()) {
            if (container.find(bundle.getKey()).isEmpty()) {
                context.installBundle(bundle.getValue());
            }
        }
        container.startAll(CODE);
    }

    private static void uninstall(Container container) throws BundleException {
        for (String name : CODE) {
            Bundle bundle = container.bundle(name);
            bundle.uninstall();
        }
        container.refresh(null);
    }
}
