// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What a console's list of services tells of a pool whose newest configuration was refused. */
public final class Refusals {
    private Refusals() {}

    /** Waits until there is one, with that in its reason. */
    public static void awaitOne(Container container, TestPool pool, String part) {
        awaitReasons(
                container,
                pool,
                reasons -> reasons.size() == 1 && reasons.get(0).contains(part));
    }

    public static void awaitNone(Container container, TestPool pool) {
        awaitReasons(container, pool, List::isEmpty);
    }

    private static void awaitReasons(Container container, TestPool pool, Predicate<List<String>> expected) {
        await("refusal of " + pool.name()).atMost(Container.READY).until(() -> reasons(container, pool), expected);
    }

    private static List<String> reasons(Container container, TestPool pool) {
        try {
            ServiceReference<?>[] found = container
                    .context()
                    .getAllServiceReferences("dev.hatter.pool.Refusal", "(pool=" + pool.name() + ")");
            return Stream.ofNullable(found)
                    .flatMap(Arrays::stream)
                    .map(service -> service.getProperty("reason").toString())
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
