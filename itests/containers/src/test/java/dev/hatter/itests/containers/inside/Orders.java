// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** All orders of some things. */
public final class Orders {
    /** Karaf needs a second for each, so in each run there are others. */
    private static final int AT_MOST_IN_KARAF = 15;

    private Orders() {}

    public static <T> List<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (T first : things) {
            List<T> others = new ArrayList<>(things);
            others.remove(first);
            for (List<T> rest : of(others)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /** All of them in Felix, some in Karaf: which ones, the seed of this test run decides. */
    public static <T> List<List<T>> toTry(List<T> things) {
        List<List<T>> orders = new ArrayList<>(of(things));
        if (Container.isKaraf() && orders.size() > AT_MOST_IN_KARAF) {
            Collections.shuffle(orders, new Random(Long.getLong("hatter.seed")));
            return orders.subList(0, AT_MOST_IN_KARAF);
        }
        return orders;
    }
}
